using System.Xml.Linq;

namespace IntegrationKit.Matching.Xml;

/// <summary>Compares the attributes of two elements; declarations of namespaces and schemas are none.</summary>
internal sealed class XmlAttributeComparison(XmlOptions options)
{
    private const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    public void Compare(XElement expected, XElement actual, string path, List<string> found)
    {
        var left = Attributes(expected);
        var right = Attributes(actual);
        foreach (var (name, value) in left)
        {
            if (!right.TryGetValue(name, out var other))
            {
                AddUnless("ATTR_NAME_LOOKUP", $"{path}/@{name}: expected {TextDisplay.Of(value)}, was missing", found);
            }
            else if (!(options.Placeholder?.TryMatch(value, other) ?? value == other))
            {
                AddUnless("ATTR_VALUE", $"{path}/@{name}: expected {TextDisplay.Of(value)}, was {TextDisplay.Of(other)}", found);
            }
        }

        CompareSchemaLocation(expected, actual, path, found);
        if (left.Count != right.Count)
        {
            var extra = right.Keys.Where(name => !left.ContainsKey(name)).Select(name => $"{path}/@{name}: not expected").FirstOrDefault();
            AddUnless("ELEMENT_NUM_ATTRIBUTES", extra ?? $"{path}: expected {left.Count} attributes, was {right.Count}", found);
        }
    }

    private void CompareSchemaLocation(XElement expected, XElement actual, string path, List<string> found)
    {
        foreach (var (name, comparison) in new[] { ("schemaLocation", "SCHEMA_LOCATION"), ("noNamespaceSchemaLocation", "NO_NAMESPACE_SCHEMA_LOCATION") })
        {
            var attribute = XName.Get(name, SchemaInstance);
            if (options.Names != XmlNames.None && expected.Attribute(attribute)?.Value is { } left && left != actual.Attribute(attribute)?.Value)
            {
                AddUnless(comparison, $"{path}/@{name}: expected {TextDisplay.Of(left)}, was {TextDisplay.Of(actual.Attribute(attribute)?.Value)}", found);
            }
        }
    }

    private void AddUnless(string comparison, string difference, List<string> found)
    {
        if (!options.Exempted.Contains(comparison))
        {
            found.Add(difference);
        }
    }

    private Dictionary<string, string> Attributes(XElement element) => element.Attributes()
        .Where(attribute => options.Names == XmlNames.None
            || (!attribute.IsNamespaceDeclaration && attribute.Name.NamespaceName != SchemaInstance))
        .ToDictionary(options.Names.AttributeName, attribute => attribute.Value.Trim(), StringComparer.Ordinal);
}
