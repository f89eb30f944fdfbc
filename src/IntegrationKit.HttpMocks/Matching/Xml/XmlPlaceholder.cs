using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using IntegrationKit.Matching.Dates;

namespace IntegrationKit.Matching.Xml;

/// <summary>XMLUnit's placeholders: <c>${xmlunit.ignore}</c>, <c>isNumber</c>, <c>isDateTime</c>, <c>matchesRegex(…)</c>.</summary>
internal sealed class XmlPlaceholder(string? openingRegex, string? closingRegex)
{
    /// <summary>What XMLUnit compares, by name.</summary>
    public static readonly FrozenSet<string> Comparisons = new[]
    {
        "XML_VERSION", "XML_STANDALONE", "XML_ENCODING", "HAS_DOCTYPE_DECLARATION", "DOCTYPE_NAME", "DOCTYPE_PUBLIC_ID",
        "DOCTYPE_SYSTEM_ID", "SCHEMA_LOCATION", "NO_NAMESPACE_SCHEMA_LOCATION", "NODE_TYPE", "NAMESPACE_PREFIX", "NAMESPACE_URI",
        "TEXT_VALUE", "PROCESSING_INSTRUCTION_TARGET", "PROCESSING_INSTRUCTION_DATA", "ELEMENT_TAG_NAME", "ELEMENT_NUM_ATTRIBUTES",
        "ATTR_VALUE", "ATTR_VALUE_EXPLICITLY_SPECIFIED", "CHILD_NODELIST_LENGTH", "CHILD_NODELIST_SEQUENCE", "CHILD_LOOKUP",
        "ATTR_NAME_LOOKUP",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly Regex regex = new(
        $@"^\s*(?:{openingRegex ?? @"\$\{"})\s*xmlunit\.(?<name>\w+)(?:\((?<argument>.*)\))?\s*(?:{closingRegex ?? @"\}"})\s*$",
        RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    /// <summary>Any text or element may stand here, or nothing.</summary>
    public bool Ignores(string expected) => regex.Match(expected) is { Success: true } match && match.Groups["name"].Value == "ignore";

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
            "isDateTime" => actual.Trim().Length >= "2021-06-14".Length && DateText.Parse(actual, match.Groups["argument"] is { Success: true, Length: > 0 } format ? format.Value : null) is not null,
            "matchesRegex" => RegexMatcher.FullMatch(JavaRegex.CompileToFind(match.Groups["argument"].Value), actual),
            _ => null,
        };
    }
}
