using System.Text;

namespace IntegrationKit.Redaction;

/// <summary>
/// Looks for words in texts: for many words it says which texts, nearly all of them, hold none; few words it finds. Knows
/// the first three characters of every word, five bits of each, so letters are the same in both cases. A plain loop, because
/// the searches for many words that .NET brings are compiled in every process anew: in runs of seconds they cost more than
/// they find. Immutable.
/// </summary>
internal sealed class Trigrams
{
    private const int Mask = (1 << 15) - 1;

    private readonly ulong[] known = new ulong[(Mask + 1) / 64];
    private readonly IReadOnlyList<string> words;
    private readonly bool any;

    public Trigrams(IReadOnlyList<string> words)
    {
        this.words = words;
        foreach (var word in words)
        {
            any |= word.Length < 3;
            Learn(word);
        }
    }

    /// <summary>False: none of the words is in the text, in whatever case. True: a closer look is due, as it always is at characters beyond ASCII.</summary>
    public bool MayBeIn(ReadOnlySpan<char> text)
    {
        var key = 0;
        for (var i = 0; i < text.Length; i++)
        {
            key = Next(key, text[i]);
            if (text[i] > '~' || (i >= 2 && Knows(key)))
            {
                return true;
            }
        }

        return any;
    }

    /// <summary>The same for a text in UTF-8, where characters beyond ASCII are as good as others.</summary>
    public bool MayBeIn(ReadOnlySpan<byte> text)
    {
        var key = 0;
        for (var i = 0; i < text.Length; i++)
        {
            key = Next(key, text[i]);
            if (i >= 2 && Knows(key))
            {
                return true;
            }
        }

        return any;
    }

    /// <summary>True when one of the words is in the text, in whatever case: for few words, of three ASCII characters or more.</summary>
    public bool AreIn(ReadOnlySpan<char> text)
    {
        var key = 0;
        for (var i = 0; i < text.Length; i++)
        {
            key = Next(key, text[i]);
            if (i >= 2 && Knows(key) && Begins(text[(i - 2)..]))
            {
                return true;
            }
        }

        return false;
    }

    private static int Next(int key, int character) => ((key << 5) | (character & 31)) & Mask;

    private bool Knows(int key) => (known[key >> 6] & (1UL << (key & 63))) != 0;

    private bool Begins(ReadOnlySpan<char> text)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private void Learn(string word)
    {
        var key = 0;
        foreach (var unit in Encoding.UTF8.GetBytes(word).Take(3))
        {
            key = Next(key, unit);
        }

        known[key >> 6] |= 1UL << (key & 63);
    }
}
