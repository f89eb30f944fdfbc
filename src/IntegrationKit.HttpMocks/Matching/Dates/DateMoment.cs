using System.Globalization;
using System.Text.RegularExpressions;

namespace IntegrationKit.Matching.Dates;

/// <summary>A date that may move: <c>now</c>, <c>now +3 days</c>, or fixed.</summary>
internal sealed partial record DateMoment(DateTimeOffset? Fixed, int Amount, string Unit, string? Truncation, DateTime? Local = null)
{
    private static readonly string[] Truncations =
    [
        "first second of minute", "first minute of hour", "first hour of day", "first day of month", "first day of next month",
        "last day of month", "first day of year", "first day of next year", "last day of year",
    ];

    /// <exception cref="FormatException">The text is no date and no offset from now.</exception>
    public static DateMoment Parse(string text, string? truncation)
    {
        if (Relative().Match(text) is { Success: true } relative)
        {
            var amount = relative.Groups["amount"].Success
                ? int.Parse(relative.Groups["amount"].Value, CultureInfo.InvariantCulture)
                : 0;
            return new(null, amount, relative.Groups["unit"].Success ? relative.Groups["unit"].Value.ToLowerInvariant() : "days", Checked(truncation));
        }

        var date = DateReading.Of(text, null);
        return date.Zoned is null && date.Local is null
            ? throw new FormatException($"'{text}' is no date and no offset from now")
            : new(date.Zoned ?? DateTimeOffset.MinValue, 0, "days", Checked(truncation), date.Zoned is null ? date.Local : null);
    }

    public static string? Checked(string? truncation) =>
        truncation?.Replace('_', ' ').ToLowerInvariant() is not { } name || Truncations.Contains(name, StringComparer.Ordinal)
        ? truncation?.Replace('_', ' ').ToLowerInvariant()
        : throw new FormatException($"unknown truncation '{truncation}'; known are {string.Join(", ", Truncations)}");

    public DateTimeOffset At(DateTimeOffset now, bool truncateLast) => Fixed ?? (truncateLast
        ? Truncate(Shift(now, Amount, Unit), Truncation)
        : Shift(Truncate(now, Truncation), Amount, Unit));

    public static DateTimeOffset Shift(DateTimeOffset date, int amount, string unit) => unit.TrimEnd('s') switch
    {
        "second" => date.AddSeconds(amount),
        "minute" => date.AddMinutes(amount),
        "hour" => date.AddHours(amount),
        "day" => date.AddDays(amount),
        "week" => date.AddDays(7.0 * amount),
        "month" => date.AddMonths(amount),
        "year" => date.AddYears(amount),
        _ => throw new FormatException($"unknown unit of time '{unit}'"),
    };

    public static DateTimeOffset Truncate(DateTimeOffset date, string? how)
    {
        var day = new DateTimeOffset(date.Year, date.Month, date.Day, 0, 0, 0, date.Offset);
        var month = day.AddDays(1 - day.Day);
        var year = month.AddMonths(1 - month.Month);
        return how switch
        {
            "first second of minute" => day.AddHours(date.Hour).AddMinutes(date.Minute),
            "first minute of hour" => day.AddHours(date.Hour),
            "first hour of day" => day,
            "first day of month" => month,
            "first day of next month" => month.AddMonths(1),
            "last day of month" => month.AddMonths(1).AddDays(-1),
            "first day of year" => year,
            "first day of next year" => year.AddYears(1),
            "last day of year" => year.AddYears(1).AddDays(-1),
            _ => date,
        };
    }

    [GeneratedRegex(@"^(?:now$|(?:now )?(?<amount>[+-]?\d+) (?<unit>seconds?|minutes?|hours?|days?|weeks?|months?|years?)$)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Relative();
}
