using System.Runtime.CompilerServices;
using System.Text;

namespace IntegrationKit.Redaction;

/// <summary>
/// Finds words of three characters or more in texts that nearly never hold one. Knows the first three characters of every
/// word, five bits of each, so letters are the same in both cases; what begins like a word is compared with the few words
/// that begin so. A plain loop, because the searches for many words that .NET brings are compiled in every process anew: in
/// runs of seconds they cost more than they find. Immutable.
/// </summary>
internal sealed class Trigrams
{
    private const int Mask = (1 << 15) - 1;

    private readonly ulong[] known = new ulong[(Mask + 1) / 64];
    private readonly ulong[] knownBytes = new ulong[(Mask + 1) / 64];
    private readonly Dictionary<int, string[]> words = [];
    private readonly StringComparison comparison;

    public Trigrams(IEnumerable<string> words, StringComparison comparison)
    {
        this.comparison = comparison;
        // Longest first: a word that contains another one goes as a whole.
        foreach (var word in words.OrderByDescending(word => word.Length))
        {
            var key = Key(word[0], word[1], word[2]);
            Learn(known, key);
            this.words[key] = [.. this.words.GetValueOrDefault(key) ?? [], word];
            var bytes = Encoding.UTF8.GetBytes(word);
            Learn(knownBytes, Key(bytes[0], bytes[1], bytes[2]));
        }
    }

    /// <summary>Where the first word begins, or -1; the longest one that begins there.</summary>
    public int Find(ReadOnlySpan<char> text, out string? word)
    {
        var key = 0;
        for (var i = 0; i < text.Length; i++)
        {
            key = Next(key, text[i]);
            if (i >= 2 && Knows(known, key) && (word = Beginning(key, text[(i - 2)..])) is not null)
            {
                return i - 2;
            }
        }

        word = null;
        return -1;
    }

    /// <summary>False: none of the words is in this text in UTF-8. True: a closer look is due.</summary>
    public bool MayBeIn(ReadOnlySpan<byte> text)
    {
        var key = 0;
        for (var i = 0; i < text.Length; i++)
        {
            key = Next(key, text[i]);
            if (i >= 2 && Knows(knownBytes, key))
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next(int key, int unit) => ((key << 5) | (unit & 31)) & Mask;

    private static int Key(int first, int second, int third) => Next(Next(Next(0, first), second), third);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Knows(ulong[] keys, int key) => (keys[key >> 6] & (1UL << (key & 63))) != 0;

    private static void Learn(ulong[] keys, int key) => keys[key >> 6] |= 1UL << (key & 63);

    private string? Beginning(int key, ReadOnlySpan<char> text)
    {
        foreach (var word in words[key])
        {
            if (text.StartsWith(word, comparison))
            {
                return word;
            }
        }

        return null;
    }
}
