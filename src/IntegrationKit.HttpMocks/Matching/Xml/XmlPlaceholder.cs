using System.Globalization;
using System.Text.RegularExpressions;
using IntegrationKit.Matching.Dates;

namespace IntegrationKit.Matching.Xml;

/// <summary>XMLUnit's placeholders: <c>${xmlunit.ignore}</c>, <c>isNumber</c>, <c>isDateTime</c>, <c>matchesRegex(…)</c>.</summary>
internal sealed class XmlPlaceholder(string? openingRegex, string? closingRegex)
{
    private readonly Regex regex = new(
        $@"^\s*(?:{openingRegex ?? @"\$\{"})\s*xmlunit\.(?<name>\w+)(?:\((?<argument>.*)\))?\s*(?:{closingRegex ?? @"\}"})\s*$",
        RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    /// <returns>Null when the expected text is no placeholder.</returns>
    public bool? TryMatch(string expected, string actual)
    {
        var match = regex.Match(expected);
        if (!match.Success)
        {
            return null;
        }

        return match.Groups["name"].Value switch
        {
            "ignore" => true,
            "isNumber" => double.TryParse(actual, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
            "isDateTime" => DateText.Parse(actual, match.Groups["argument"] is { Success: true, Length: > 0 } format ? format.Value : null) is not null,
            "matchesRegex" => RegexMatcher.FullMatch(JavaRegex.Compile(match.Groups["argument"].Value), actual),
            _ => null,
        };
    }
}
