using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using IntegrationKit.Matching;
using IntegrationKit.Matching.Json;
using IntegrationKit.Matching.Parts;
using IntegrationKit.Requests;

namespace IntegrationKit.Mappings;

/// <summary>
/// Reads matchers. As in WireMock the first matcher keyword of the object decides and the options belong to it; a name that
/// no matcher knows is refused.
/// </summary>
internal static class MatcherReader
{
    private static readonly FrozenDictionary<string, Func<MappingNode, MappingNode, ValueMatcher>> Keywords =
        new Dictionary<string, Func<MappingNode, MappingNode, ValueMatcher>>(StringComparer.Ordinal)
        {
            ["equalTo"] = (owner, value) => new EqualToMatcher(Text(value), owner.Find("caseInsensitive")?.Flag() ?? false),
            ["binaryEqualTo"] = (_, value) => new BinaryEqualToMatcher(Base64(value)),
            ["contains"] = (_, value) => new ContainsMatcher(Text(value), negated: false),
            ["doesNotContain"] = (_, value) => new ContainsMatcher(Text(value), negated: true),
            ["matches"] = (_, value) => Regex(value, negated: false),
            ["doesNotMatch"] = (_, value) => Regex(value, negated: true),
            ["equalToJson"] = EqualToJson,
            ["matchesJsonPath"] = StructuredMatcherReader.JsonPath,
            ["matchesJsonSchema"] = StructuredMatcherReader.JsonSchema,
            ["equalToXml"] = StructuredMatcherReader.Xml,
            ["matchesXPath"] = StructuredMatcherReader.XPath,
            ["matchesPathTemplate"] = (_, value) => new PathTemplateMatcher(Text(value)),
            ["before"] = (owner, value) => StructuredMatcherReader.Date("before", owner, value),
            ["after"] = (owner, value) => StructuredMatcherReader.Date("after", owner, value),
            ["equalToDateTime"] = (owner, value) => StructuredMatcherReader.Date("equalToDateTime", owner, value),
            ["and"] = (_, value) => new AllMatcher(Several(value)),
            ["or"] = (_, value) => new AnyMatcher(Several(value)),
            ["not"] = (_, value) => new NotMatcher(Read(value)),
            ["absent"] = (_, _) => new AbsentMatcher(absent: true),
            ["anything"] = (_, value) => Text(value) is not null ? new AnythingMatcher() : throw value.Refuse("a text is expected here"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Options = new[]
    {
        "caseInsensitive", "ignoreArrayOrder", "ignoreExtraElements", "schemaVersion", "enablePlaceholders",
        "placeholderOpeningDelimiterRegex", "placeholderClosingDelimiterRegex", "exemptedComparisons", "ignoreOrderOfSameNode",
        "namespaceAwareness", "xPathNamespaces", "actualFormat", "truncateExpected", "truncateActual", "applyTruncationLast",
        "expectedOffset", "expectedOffsetUnit", "expression",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A matcher of something that has one text.</summary>
    public static AnyValueMatcher ReadSingle(MappingNode node) => node.Find("binaryEqualTo") is { } binary
        ? throw binary.Refuse("binaryEqualTo compares bodies, not texts")
        : new AnyValueMatcher(Read(node));

    /// <summary>A matcher of something that may have several texts.</summary>
    public static MultiMatcher ReadMulti(MappingNode node)
    {
        foreach (var (keyword, exactly) in new[] { ("hasExactly", true), ("includes", false) })
        {
            if (node.Find(keyword) is { } values)
            {
                foreach (var (other, value) in node.Members().Where(member => member.Name != keyword))
                {
                    throw value.Refuse($"{other} does not go with {keyword}");
                }

                return new SeveralValuesMatcher([.. values.Items().Select(Read)], exactly);
            }
        }

        return ReadSingle(node);
    }

    public static ValueMatcher Read(MappingNode node)
    {
        ValueMatcher? matcher = null;
        foreach (var (name, value) in node.Members())
        {
            if (Keywords.TryGetValue(name, out var factory))
            {
                matcher ??= factory(node, value);
            }
            else if (!Options.Contains(name))
            {
                throw value.Refuse($"unknown matcher '{name}'");
            }
        }

        return matcher ?? throw node.Refuse("there is no matcher here");
    }

    private static List<ValueMatcher> Several(MappingNode value) => value.Items().Select(Read).ToList() is { Count: > 0 } matchers
        ? matchers
        : throw value.Refuse("at least one matcher is expected here");

    private static EqualToJsonMatcher EqualToJson(MappingNode owner, MappingNode value) => new(
        value.Kind == JsonValueKind.String ? Json(value) : value.Element.Clone(),
        owner.Find("ignoreArrayOrder")?.Flag() ?? false,
        owner.Find("ignoreExtraElements")?.Flag() ?? false);

    public static JsonElement Json(MappingNode value)
    {
        try
        {
            using var document = JsonDocument.Parse(value.Element.GetString()!);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            using var lenient = LenientJson.TryParse(Encoding.UTF8.GetBytes(value.Element.GetString()!));
            return lenient?.RootElement.Clone() ?? throw value.Refuse($"the text is not JSON: {exception.Message}", exception);
        }
    }

    public static string Text(MappingNode value) => value.Kind == JsonValueKind.String
        ? value.Element.GetString()!
        : throw value.Refuse($"a text is expected here, not {value.Element.GetRawText()}");

    private static byte[] Base64(MappingNode value)
    {
        try
        {
            return Convert.FromBase64String(Text(value));
        }
        catch (FormatException exception)
        {
            throw value.Refuse("the text is not Base64", exception);
        }
    }

    private static RegexMatcher Regex(MappingNode value, bool negated)
    {
        try
        {
            return new(Text(value), negated);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw value.Refuse($"invalid regex: {exception.Message}", exception);
        }
    }
}
