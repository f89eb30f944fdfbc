using System.Globalization;
using System.Text.RegularExpressions;

namespace IntegrationKit.Matching.Dates;

/// <summary>A date as it was written: with a zone, or without one, or both when a zoned date is also looked at as it stands.</summary>
internal readonly partial record struct DateReading(DateTimeOffset? Zoned, DateTime? Local)
{
    private const int LastYear = 9999;

    /// <param name="text">The date, or null.</param>
    /// <param name="javaFormat">A Java format pattern, <c>unix</c> or <c>epoch</c>; null for the usual forms.</param>
    public static DateReading Of(string? text, string? javaFormat)
    {
        if (text is null)
        {
            return default;
        }

        if (javaFormat is null)
        {
            return new(Iso(text) ?? DateText.ParseHttp(text), LocalIso(text));
        }

        var date = DateText.Parse(text, javaFormat);
        return new(DateText.HasZone(javaFormat) ? date : null, date?.DateTime);
    }

    private static DateTimeOffset? Iso(string text)
    {
        var match = ZonedForm().Match(SpaceForPlus().Replace(text, "${time}+${offset}"));
        return match.Success && LocalIso(match.Groups["local"].Value) is { } local && Offset(match.Groups["offset"].Value) is { } offset
            ? new DateTimeOffset(local, offset)
            : null;
    }

    private static TimeSpan? Offset(string text)
    {
        if (text is "Z" or "z")
        {
            return TimeSpan.Zero;
        }

        var parts = text[1..].Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var offset = new TimeSpan(parts[0], parts.ElementAtOrDefault(1), 0);
        return offset.TotalHours > 14 ? null : text[0] == '-' ? -offset : offset;
    }

    private static DateTime? LocalIso(string text)
    {
        if (Year().IsMatch(text))
        {
            var year = long.Parse(text, CultureInfo.InvariantCulture);
            return year > 999_999_999 ? null : new DateTime((int)Math.Clamp(year, 1, LastYear), 1, 1);
        }

        // Java reads nine digits of a second, .NET seven.
        var digits = Fraction().Replace(text, "${kept}");
        string[] formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd", "yyyy-MM"];
        return DateTime.TryParseExact(digits.ToUpperInvariant(), formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }

    [GeneratedRegex(@"^(?<local>\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?)(?<offset>Z|[+-]\d\d(:\d\d(:\d\d)?)?)(\[[^\]]+\])?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ZonedForm();

    /// <summary>A plus that was not encoded in a query arrives as a space.</summary>
    [GeneratedRegex(@"(?<time>[0-5]\d:[0-5]\d(:[0-5]\d)?(\.\d+)?) (?<offset>[0-2]\d)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SpaceForPlus();

    [GeneratedRegex(@"(?<kept>\.\d{7})\d{1,2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"^[+-]?\d{1,10}$", RegexOptions.None, 1000)]
    private static partial Regex Year();
}
