using System.Collections.Frozen;
using System.Text.Json;
using System.Xml;
using System.Xml.XPath;
using IntegrationKit.Matching;
using IntegrationKit.Matching.Dates;
using IntegrationKit.Matching.Json;
using IntegrationKit.Matching.Xml;
using IntegrationKit.Schemas;

namespace IntegrationKit.Mappings;

/// <summary>Reads the matchers with expressions and options of their own: paths, schemas, XML, dates.</summary>
internal static class StructuredMatcherReader
{
    public static ValueMatcher JsonPath(MappingNode owner, MappingNode value)
    {
        var (expression, inner) = Expression(value);
        return Guard(value, "JSON path", () => new JsonPathMatcher(expression, inner));
    }

    public static ValueMatcher JsonSchema(MappingNode owner, MappingNode value)
    {
        var schema = value.Kind == JsonValueKind.String ? MatcherReader.Json(value) : value.Element.Clone();
        var version = owner.Find("schemaVersion") is not { } named
            ? SchemaVersion.V202012
            : Enum.TryParse<SchemaVersion>(named.Text(), out var known) && known != SchemaVersion.Any ? known : throw named.Refuse($"unknown schemaVersion '{named.Text()}'");
        return schema.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False
            ? new JsonSchemaMatcher(schema, version)
            : throw value.Refuse("a JSON schema is an object");
    }

    public static ValueMatcher Xml(MappingNode owner, MappingNode value)
    {
        var exempted = (owner.Find("exemptedComparisons")?.Items() ?? []).Select(item => item.Text()).ToFrozenSet(StringComparer.Ordinal);
        var awareness = owner.Find("namespaceAwareness")?.Text() ?? "STRICT";
        var placeholder = owner.Find("enablePlaceholders")?.Flag() == true
            ? new XmlPlaceholder(
                owner.Find("placeholderOpeningDelimiterRegex")?.Text(), owner.Find("placeholderClosingDelimiterRegex")?.Text())
            : null;
        var names = awareness switch
        {
            "LEGACY" => XmlNames.Legacy,
            "STRICT" => XmlNames.Strict,
            "NONE" => XmlNames.None,
            _ => throw owner.Refuse($"unknown namespaceAwareness '{awareness}'"),
        };
        if (exempted.FirstOrDefault(name => !XmlPlaceholder.Comparisons.Contains(name)) is { } unknown)
        {
            throw owner.Refuse($"unknown comparison '{unknown}' in exemptedComparisons");
        }

        var options = new XmlOptions(exempted, owner.Find("ignoreOrderOfSameNode")?.Flag() ?? false, names, placeholder);
        return Guard(value, "XML", () => new EqualToXmlMatcher(Matching.Xml.XmlText.Parse(MatcherReader.Text(value)), options));
    }

    public static ValueMatcher XPath(MappingNode owner, MappingNode value)
    {
        var (expression, inner) = Expression(value);
        var prefixes = (owner.Find("xPathNamespaces")?.Members() ?? []).ToDictionary(m => m.Name, m => m.Value.Text(), StringComparer.Ordinal);
        return Guard(value, "XPath", () => new XPathMatcher(expression, prefixes, inner));
    }

    public static ValueMatcher Date(string keyword, MappingNode owner, MappingNode value) => Guard(value, "date", () =>
    {
        var text = MatcherReader.Text(value);
        var moment = DateMoment.Parse(text, owner.Find("truncateExpected")?.Text());
        if (owner.Find("expectedOffset") is { } offset && owner.Find("expectedOffsetUnit") is { } unit)
        {
            _ = DateMoment.Shift(DateTimeOffset.UnixEpoch, 0, unit.Text().ToLowerInvariant());
            moment = moment.Fixed is null ? moment with { Amount = offset.Integer(), Unit = unit.Text().ToLowerInvariant() } : moment;
        }

        var format = owner.Find("actualFormat")?.Text();
        if (format is not (null or "unix" or "epoch"))
        {
            _ = DateText.FromJava(format);
        }

        var options = new DateOptions(
            format, DateMoment.Checked(owner.Find("truncateActual")?.Text()), owner.Find("applyTruncationLast")?.Flag() ?? false);
        return new DateMatcher(keyword, moment, options, TimeProvider.System);
    });

    /// <summary>A bare expression, or an object with the expression and the matcher for what it finds.</summary>
    private static (string Expression, ValueMatcher? Inner) Expression(MappingNode value)
    {
        if (!value.IsObject)
        {
            return (MatcherReader.Text(value), null);
        }

        var expression = value.Find("expression") ?? throw value.Refuse("'expression' is missing");
        return (MatcherReader.Text(expression), MatcherReader.Read(value));
    }

    private static ValueMatcher Guard(MappingNode value, string what, Func<ValueMatcher> create)
    {
        try
        {
            return create();
        }
        catch (Exception exception) when (exception is FormatException or XPathException or XmlException or ArgumentException)
        {
            throw value.Refuse($"invalid {what}: {exception.Message}", exception);
        }
    }
}
