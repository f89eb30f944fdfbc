using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace IntegrationKit.Matching.Dates;

/// <summary>Reads dates in the forms WireMock reads, and in Java's format patterns.</summary>
internal static partial class DateText
{
    private static readonly System.Buffers.SearchValues<char> ZoneLetters = System.Buffers.SearchValues.Create("XxZzVO");

    private static readonly string[] Known =
    [
        "ddd, d MMM yyyy HH:mm:ss 'GMT'", "d MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy HH:mm:ss zzz", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy",
    ];

    /// <param name="text">The date.</param>
    /// <param name="javaFormat">A Java format pattern, <c>unix</c> or <c>epoch</c>; null for the usual forms.</param>
    public static DateTimeOffset? Parse(string? text, string? javaFormat)
    {
        if (text is null)
        {
            return null;
        }

        if (javaFormat is "unix" or "epoch")
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? javaFormat == "unix" ? DateTimeOffset.FromUnixTimeSeconds(number) : DateTimeOffset.FromUnixTimeMilliseconds(number)
                : null;
        }

        if (javaFormat is null)
        {
            var read = DateReading.Of(text, null);
            return read.Zoned ?? (read.Local is { } local ? new DateTimeOffset(local, TimeSpan.Zero) : null);
        }

        var zone = HasZone(javaFormat) ? NamedZone().Replace(CompactOffset().Replace(text, "${hours}:${minutes}"), "+00:00") : text;
        return Exact(zone, [FromJava(javaFormat)]);
    }

    /// <summary>The forms HTTP knows: RFC 1123, RFC 1036 and C's asctime.</summary>
    public static DateTimeOffset? ParseHttp(string text) => Exact(CompactOffset().Replace(text, "${hours}:${minutes}"), Known);

    /// <summary>The format says which moment it is, not only what the clock showed.</summary>
    public static bool HasZone(string javaFormat) =>
        javaFormat is "unix" or "epoch" || Quoted().Replace(javaFormat, "").AsSpan().ContainsAny(ZoneLetters);

    private static DateTimeOffset? Exact(string text, string[] formats) =>
        DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    /// <summary>Java's <c>DateTimeFormatter</c> pattern as .NET's.</summary>
    public static string FromJava(string pattern)
    {
        var result = new StringBuilder();
        for (var i = 0; i < pattern.Length;)
        {
            var letter = pattern[i];
            if (letter == '\'')
            {
                var end = pattern.IndexOf('\'', i + 1);
                end = end < 0 ? pattern.Length - 1 : end;
                result.Append(end == i + 1 ? "\\'" : pattern[i..(end + 1)]);
                i = end + 1;
                continue;
            }

            var run = 1;
            while (i + run < pattern.Length && pattern[i + run] == letter)
            {
                run++;
            }

            result.Append(Letters(letter, run));
            i += run;
        }

        return result.Length == 1 ? "%" + result : result.ToString();
    }

    private static string Letters(char letter, int count) => letter switch
    {
        'y' or 'u' => count == 2 ? "yy" : "yyyy",
        'M' or 'L' => new string('M', Math.Min(count, 4)),
        'd' => new string('d', Math.Min(count, 2)),
        'E' => count > 3 ? "dddd" : "ddd",
        'H' or 'h' or 'm' or 's' => new string(letter, Math.Min(count, 2)),
        'S' or 'n' => new string('f', Math.Min(count, 7)),
        'a' => "tt",
        'X' => count == 1 ? "zz" : "zzz",
        'x' or 'Z' or 'z' or 'V' or 'O' => "zzz",
        '/' or ':' => "\\" + letter,
        _ when char.IsLetter(letter) => throw new FormatException($"date format letter '{letter}' is not supported"),
        _ => new string(letter, count),
    };

    [GeneratedRegex("'[^']*'", RegexOptions.None, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<hours>[+-]\d\d)(?<minutes>\d\d)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CompactOffset();

    [GeneratedRegex(@"\b(GMT|UTC|Z)$|(?<=\d)Z$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamedZone();
}
