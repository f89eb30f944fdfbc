using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using IntegrationKit.Matching;

namespace IntegrationKit.Schemas;

/// <summary>The keywords about texts and numbers.</summary>
internal static partial class ScalarRules
{
    public static void CheckText(JsonElement schema, string text, string path, SchemaValidation validation)
    {
        var problems = validation.Problems;
        var length = new StringInfo(text).LengthInTextElements;
        CheckRange(schema, "minLength", "maxLength", length, $"{path}: {length} characters", problems);
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            problems.Add($"{path}: {TextDisplay.Of(text)} does not match {pattern.GetString()}");
        }

        if (validation.Version.Knows("format") && schema.TryGetProperty("format", out var format) && !IsFormatted(format.GetString()!, text))
        {
            problems.Add($"{path}: {TextDisplay.Of(text)} is no {format.GetString()}");
        }
    }

    public static void CheckNumber(JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        var number = value.GetDouble();
        CheckRange(schema, "minimum", "maximum", number, $"{path}: {value.GetRawText()}", problems);
        if (Limit(schema, "exclusiveMinimum", "minimum") is { } least && number <= least)
        {
            problems.Add($"{path}: {value.GetRawText()} is not above {least.ToString(CultureInfo.InvariantCulture)}");
        }

        if (Limit(schema, "exclusiveMaximum", "maximum") is { } most && number >= most)
        {
            problems.Add($"{path}: {value.GetRawText()} is not below {most.ToString(CultureInfo.InvariantCulture)}");
        }

        if (schema.TryGetProperty("multipleOf", out var step) && value.TryGetDecimal(out var exact) && step.TryGetDecimal(out var unit) && unit != 0 && exact % unit != 0)
        {
            problems.Add($"{path}: {value.GetRawText()} is no multiple of {step.GetRawText()}");
        }
    }

    public static void CheckRange(JsonElement schema, string least, string most, double value, string what, List<string> problems)
    {
        if (schema.TryGetProperty(least, out var minimum) && minimum.ValueKind == JsonValueKind.Number && value < minimum.GetDouble())
        {
            problems.Add($"{what}, {least} is {minimum.GetRawText()}");
        }

        if (schema.TryGetProperty(most, out var maximum) && maximum.ValueKind == JsonValueKind.Number && value > maximum.GetDouble())
        {
            problems.Add($"{what}, {most} is {maximum.GetRawText()}");
        }
    }

    /// <summary>Exclusive limits are numbers, or in draft 4 a flag on the plain limit.</summary>
    private static double? Limit(JsonElement schema, string name, string plain) => schema.TryGetProperty(name, out var limit)
        ? limit.ValueKind switch
        {
            JsonValueKind.Number => limit.GetDouble(),
            JsonValueKind.True when schema.TryGetProperty(plain, out var value) => value.GetDouble(),
            _ => null,
        }
        : null;

    private static bool IsFormatted(string format, string text) => format switch
    {
        "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) && text.Contains('T', StringComparison.OrdinalIgnoreCase),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "email" => Mail().IsMatch(text),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "ipv4" => text.Count('.') == 3 && System.Net.IPAddress.TryParse(text, out _),
        "ipv6" => text.Contains(':', StringComparison.Ordinal) && System.Net.IPAddress.TryParse(text, out _),
        "hostname" => HostName().IsMatch(text),
        _ => true,
    };

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HostName();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+$", RegexOptions.None, 1000)]
    private static partial Regex Mail();
}
