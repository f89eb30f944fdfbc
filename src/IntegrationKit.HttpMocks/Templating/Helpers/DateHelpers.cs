using System.Globalization;
using IntegrationKit.Matching.Dates;

namespace IntegrationKit.Templating.Helpers;

/// <summary>Helpers over dates.</summary>
internal static class DateHelpers
{
    public static IEnumerable<(string, Func<HelperCall, object?>)> All =>
    [
        ("now", call => Print(call, TimeProvider.System.GetUtcNow())),
        ("date", call => Print(call, call[0] is TemplateDate date ? date.Value : DateText.Parse(TemplateText.Of(call[0]), null) ?? TimeProvider.System.GetUtcNow())),
        ("parseDate", call => new TemplateDate(Parse(TemplateText.Of(call[0]), call.Option("format")))),
        ("truncateDate", call => new TemplateDate(Truncate(call))),
    ];

    private static DateTimeOffset Parse(string text, string? format)
    {
        try
        {
            return DateText.Parse(text, format) ?? throw new HelperException($"{text} is not a date");
        }
        catch (FormatException exception)
        {
            throw new HelperException(exception.Message);
        }
    }

    private static DateTimeOffset Truncate(HelperCall call)
    {
        var date = call[0] is TemplateDate parsed ? parsed.Value : Parse(TemplateText.Of(call[0]), null);
        try
        {
            return DateMoment.Truncate(date, DateMoment.Checked(TemplateText.Of(call[1])));
        }
        catch (FormatException exception)
        {
            throw new HelperException(exception.Message);
        }
    }

    private static string Print(HelperCall call, DateTimeOffset date)
    {
        if (call.Option("offset") is { } offset && offset.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var amount, var unit])
        {
            date = DateMoment.Shift(date, int.Parse(amount, CultureInfo.InvariantCulture), unit.ToLowerInvariant());
        }

        var zone = call.Option("timezone") is { } name ? Zone(name) : null;
        if (zone is not null)
        {
            date = TimeZoneInfo.ConvertTime(date, zone);
        }

        return call.Option("format") switch
        {
            null => date.Offset == TimeSpan.Zero ? TemplateDate.Text(date) : date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            "epoch" => date.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            "unix" => date.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            var format => date.ToString(JavaFormat(format), CultureInfo.InvariantCulture),
        };
    }

    private static TimeZoneInfo Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        ? zone
        : throw new HelperException($"{name} is not a time zone");

    private static string JavaFormat(string format)
    {
        try
        {
            return DateText.FromJava(format);
        }
        catch (FormatException exception)
        {
            throw new HelperException(exception.Message);
        }
    }
}

/// <summary>A date on its way from one helper to another.</summary>
internal sealed record TemplateDate(DateTimeOffset Value)
{
    public static string Text(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public override string ToString() => Text(Value);
}
