using System.Text;
using IntegrationKit.Model;

namespace IntegrationKit.Building;

/// <summary>Keeps texts within their limits, a quarter from the head and the rest from the tail, and says what was cut.</summary>
internal sealed class TextLimits
{
    public const int Message = 16 * 1024;
    public const int Stack = 32 * 1024;
    public const int PassedOutput = 64 * 1024;
    public const int FailedOutput = 256 * 1024;

    private readonly SortedDictionary<string, (int Limit, long Dropped)> cuts = new(StringComparer.Ordinal);

    public IReadOnlyList<Truncation> Truncations =>
        [.. cuts.Select(cut => new Truncation(cut.Key, $"{cut.Value.Limit / 1024} KiB", cut.Value.Dropped))];

    public string? Cut(string? text, int limit, string path)
    {
        if (text is null || text.Length <= limit)
        {
            return text;
        }

        var result = Shorten(text, limit);
        Note(path, limit, text.Length - limit);
        return result;
    }

    public void Note(string path, int limit, long dropped)
    {
        var known = cuts.GetValueOrDefault(path);
        cuts[path] = (limit, known.Dropped + dropped);
    }

    public static string Shorten(string text, int limit)
    {
        var head = OnRune(text, limit / 4);
        var tail = OnRune(text, text.Length - (limit - head));
        return new StringBuilder(limit + 64).Append(text, 0, head)
            .Append($"\n… {tail - head} characters cut …\n").Append(text, tail, text.Length - tail).ToString();
    }

    private static int OnRune(string text, int index) => index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) ? index - 1 : index;
}
