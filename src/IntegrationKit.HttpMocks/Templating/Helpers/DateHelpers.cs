using System.Globalization;
using IntegrationKit.Matching.Dates;

namespace IntegrationKit.Templating.Helpers;

/// <summary>Helpers over dates.</summary>
internal static class DateHelpers
{
    public static IEnumerable<(string, Func<HelperCall, object?>)> All =>
    [
        ("now", call => Print(call, TimeProvider.System.GetUtcNow(), Zone(call))),
        ("date", call => call[0] is TemplateDate date ? Print(call, date.Value, null) : Print(call, TimeProvider.System.GetUtcNow(), Zone(call))),
        ("parseDate", call => Read(TemplateText.Of(call[0]), call.Option("format")) is { } date ? new TemplateDate(date) : ""),
        ("truncateDate", call => new TemplateDate(Truncate(call))),
    ];

    /// <summary>Without a format only dates with a zone are read.</summary>
    private static DateTimeOffset? Read(string text, string? format)
    {
        try
        {
            return format is null ? DateReading.Of(text, null).Zoned : DateText.Parse(text, format);
        }
        catch (FormatException exception)
        {
            throw new HelperException(exception.Message);
        }
    }

    private static DateTimeOffset Truncate(HelperCall call)
    {
        var date = call[0] is TemplateDate parsed ? parsed.Value : Read(TemplateText.Of(call[0]), null) ?? throw new HelperException($"{TemplateText.Of(call[0])} is not a date");
        try
        {
            return DateMoment.Truncate(date, DateMoment.Checked(TemplateText.Of(call[1])));
        }
        catch (FormatException exception)
        {
            throw new HelperException(exception.Message);
        }
    }

    private static string Print(HelperCall call, DateTimeOffset date, TimeZoneInfo? zone)
    {
        if (call.Option("offset") is { } offset && offset.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [.., var amount, var unit])
        {
            date = DateMoment.Shift(date, int.Parse(amount, CultureInfo.InvariantCulture), unit.ToLowerInvariant());
        }

        if (zone is not null)
        {
            date = TimeZoneInfo.ConvertTime(date, zone);
        }

        return call.Option("format") switch
        {
            null => date.Offset == TimeSpan.Zero ? TemplateDate.Text(date) : date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            "epoch" => date.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            "unix" => date.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            var format => JavaDate.Print(date, format, zone),
        };
    }

    private static TimeZoneInfo? Zone(HelperCall call) => call.Option("timezone") is { } name
        ? TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : throw new HelperException($"{name} is not a time zone")
        : null;
}

/// <summary>A date on its way from one helper to another.</summary>
internal sealed record TemplateDate(DateTimeOffset Value)
{
    public static string Text(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public override string ToString() => Value.Offset == TimeSpan.Zero ? Text(Value) : Value.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
