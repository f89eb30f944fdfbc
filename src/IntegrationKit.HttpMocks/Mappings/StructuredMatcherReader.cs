using System.Collections.Frozen;
using System.Text.Json;
using System.Xml;
using System.Xml.XPath;
using IntegrationKit.Matching;
using IntegrationKit.Matching.Dates;
using IntegrationKit.Matching.Json;
using IntegrationKit.Matching.Xml;

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
        return schema.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False
            ? new JsonSchemaMatcher(schema)
            : throw value.Refuse("a JSON schema is an object");
    }

    public static ValueMatcher Xml(MappingNode owner, MappingNode value)
    {
        var exempted = (owner.Find("exemptedComparisons")?.Items() ?? []).Select(item => item.Text()).ToFrozenSet(StringComparer.Ordinal);
        var awareness = owner.Find("namespaceAwareness")?.Text() ?? "LEGACY";
        var placeholder = owner.Find("enablePlaceholders")?.Flag() == true
            ? new XmlPlaceholder(
                owner.Find("placeholderOpeningDelimiterRegex")?.Text(), owner.Find("placeholderClosingDelimiterRegex")?.Text())
            : null;
        if (awareness is not ("LEGACY" or "STRICT" or "NONE"))
        {
            throw owner.Refuse($"unknown namespaceAwareness '{awareness}'");
        }

        var options = new XmlOptions(
            exempted, owner.Find("ignoreOrderOfSameNode")?.Flag() ?? false, awareness == "NONE", placeholder);
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
        if (owner.Find("expectedOffset") is { } offset && moment.Fixed is null)
        {
            moment = moment with { Amount = offset.Integer(), Unit = owner.Find("expectedOffsetUnit")?.Text().ToLowerInvariant() ?? "days" };
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
