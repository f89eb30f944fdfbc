using System.Globalization;
using System.Text;

namespace IntegrationKit.Templating;

/// <summary>Prints dates by the patterns of Java's <c>SimpleDateFormat</c>.</summary>
internal static class JavaDate
{
    /// <exception cref="HelperException">The pattern has a letter nobody knows.</exception>
    public static string Print(DateTimeOffset date, string pattern, TimeZoneInfo? zone)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length;)
        {
            if (pattern[i] == '\'')
            {
                var end = pattern.IndexOf('\'', i + 1);
                end = end < 0 ? pattern.Length : end;
                text.Append(end == i + 1 ? "'" : pattern[(i + 1)..end]);
                i = end + 1;
                continue;
            }

            var run = 1;
            while (i + run < pattern.Length && pattern[i + run] == pattern[i])
            {
                run++;
            }

            text.Append(char.IsAsciiLetter(pattern[i]) ? Field(date, pattern[i], run, zone) : pattern.Substring(i, run));
            i += run;
        }

        return text.ToString();
    }

    private static string Field(DateTimeOffset date, char letter, int count, TimeZoneInfo? zone) => letter switch
    {
        'y' or 'Y' => count == 2 ? Number(date.Year % 100, 2) : Number(date.Year, count),
        'M' or 'L' => count >= 3 ? date.ToString(count == 3 ? "MMM" : "MMMM", CultureInfo.InvariantCulture) : Number(date.Month, count),
        'd' => Number(date.Day, count),
        'D' => Number(date.DayOfYear, count),
        'w' => Number(CultureInfo.InvariantCulture.Calendar.GetWeekOfYear(date.DateTime, CalendarWeekRule.FirstDay, DayOfWeek.Sunday), count),
        'u' => Number(date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek, count),
        'E' => date.ToString(count > 3 ? "dddd" : "ddd", CultureInfo.InvariantCulture),
        'a' => date.Hour < 12 ? "AM" : "PM",
        'H' => Number(date.Hour, count),
        'k' => Number(date.Hour == 0 ? 24 : date.Hour, count),
        'K' => Number(date.Hour % 12, count),
        'h' => Number(date.Hour % 12 == 0 ? 12 : date.Hour % 12, count),
        'm' => Number(date.Minute, count),
        's' => Number(date.Second, count),
        'S' => Number(date.Millisecond, count),
        'G' => "AD",
        'z' => date.Offset == TimeSpan.Zero ? "UTC" : zone is null ? "GMT" + date.ToString("zzz", CultureInfo.InvariantCulture) : Abbreviation(zone, date),
        'Z' => date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal),
        'X' => date.Offset == TimeSpan.Zero ? "Z" : Offset(date, count),
        _ => throw new HelperException($"Illegal pattern character '{letter}'"),
    };

    private static string Offset(DateTimeOffset date, int count)
    {
        var text = date.ToString("zzz", CultureInfo.InvariantCulture);
        return count switch { 1 => text[..3], 2 => text.Replace(":", "", StringComparison.Ordinal), _ => text };
    }

    private static string Abbreviation(TimeZoneInfo zone, DateTimeOffset date)
    {
        var name = zone.IsDaylightSavingTime(date) ? zone.DaylightName : zone.StandardName;
        return string.Concat(name.Split(' ').Select(word => word[0]));
    }

    private static string Number(int value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
}
