using System.Xml.Linq;

namespace IntegrationKit.Matching.Xml;

/// <summary>Options of <c>equalToXml</c>, in the words of XMLUnit.</summary>
internal sealed record XmlOptions(IReadOnlySet<string> Exempted, bool IgnoreOrderOfSameNode, bool RawNames, XmlPlaceholder? Placeholder);

/// <summary>
/// Compares XML as similar, not identical: white space around text, comments, the order of attributes and of differently
/// named elements do not matter.
/// </summary>
internal sealed class XmlComparison(XmlOptions options)
{
    public List<string> Differences(XElement expected, XElement actual)
    {
        List<string> found = [];
        Compare(expected, actual, "/" + actual.Name.LocalName, found);
        return found;
    }

    private void Compare(XElement expected, XElement actual, string path, List<string> found)
    {
        if (!Exempt("ELEMENT_TAG_NAME") && !SameName(expected, actual))
        {
            found.Add($"{path}: expected element {expected.Name}, was {actual.Name}");
            return;
        }

        CompareAttributes(expected, actual, path, found);
        var left = Text(expected);
        var right = Text(actual);
        if (!Exempt("TEXT_VALUE") && !SameText(left, right))
        {
            found.Add($"{path}: expected text {TextDisplay.Of(left)}, was {TextDisplay.Of(right)}");
        }

        CompareChildren(expected, actual, path, found);
    }

    private void CompareAttributes(XElement expected, XElement actual, string path, List<string> found)
    {
        var left = Attributes(expected);
        var right = Attributes(actual);
        foreach (var (name, value) in left)
        {
            if (!right.TryGetValue(name, out var other))
            {
                AddUnless("ATTR_NAME_LOOKUP", $"{path}/@{name}: expected {TextDisplay.Of(value)}, was missing", found);
            }
            else if (!SameText(value, other))
            {
                AddUnless("ATTR_VALUE", $"{path}/@{name}: expected {TextDisplay.Of(value)}, was {TextDisplay.Of(other)}", found);
            }
        }

        foreach (var name in right.Keys.Where(name => !left.ContainsKey(name)))
        {
            AddUnless("ELEMENT_NUM_ATTRIBUTES", $"{path}/@{name}: not expected", found);
        }
    }

    private void CompareChildren(XElement expected, XElement actual, string path, List<string> found)
    {
        var remaining = actual.Elements().ToList();
        foreach (var child in expected.Elements())
        {
            var candidates = remaining.Where(other => SameName(child, other) || Exempt("ELEMENT_TAG_NAME")).ToList();
            var partner = options.IgnoreOrderOfSameNode
                ? candidates.Find(other => Differences(child, other).Count == 0) ?? candidates.FirstOrDefault()
                : candidates.FirstOrDefault();
            if (partner is null)
            {
                AddUnless("CHILD_LOOKUP", $"{path}/{child.Name.LocalName}: was missing", found);
                continue;
            }

            remaining.Remove(partner);
            Compare(child, partner, $"{path}/{child.Name.LocalName}", found);
        }

        foreach (var extra in remaining)
        {
            if (!Exempt("CHILD_NODELIST_LENGTH"))
            {
                AddUnless("CHILD_LOOKUP", $"{path}/{extra.Name.LocalName}: not expected", found);
            }
        }
    }

    private void AddUnless(string comparison, string difference, List<string> found)
    {
        if (!Exempt(comparison))
        {
            found.Add(difference);
        }
    }

    private bool Exempt(string comparison) => options.Exempted.Contains(comparison);

    private bool SameName(XElement left, XElement right) => options.RawNames
        ? Qualified(left) == Qualified(right)
        : Exempt("NAMESPACE_URI") ? left.Name.LocalName == right.Name.LocalName : left.Name == right.Name;

    private bool SameText(string expected, string actual) =>
        options.Placeholder?.TryMatch(expected, actual) ?? expected == actual;

    private Dictionary<string, string> Attributes(XElement element) => element.Attributes()
        .Where(attribute => options.RawNames || !attribute.IsNamespaceDeclaration)
        .ToDictionary(attribute => attribute.Name.ToString(), attribute => attribute.Value.Trim(), StringComparer.Ordinal);

    private static string Text(XElement element) => string.Concat(element.Nodes().OfType<XText>().Select(text => text.Value)).Trim();

    private static string Qualified(XElement element) => element.GetPrefixOfNamespace(element.Name.Namespace) is { Length: > 0 } prefix
        ? $"{prefix}:{element.Name.LocalName}"
        : element.Name.LocalName;
}
