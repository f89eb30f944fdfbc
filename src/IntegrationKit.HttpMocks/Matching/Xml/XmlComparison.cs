using System.Xml.Linq;

namespace IntegrationKit.Matching.Xml;

/// <summary>Options of <c>equalToXml</c>, in the words of XMLUnit.</summary>
internal sealed record XmlOptions(
    IReadOnlySet<string> Exempted, bool IgnoreOrderOfSameNode, XmlNames Names, XmlPlaceholder? Placeholder);

/// <summary>
/// Compares XML as similar, not identical: white space around text, comments, the order of attributes and of differently
/// named elements do not matter, nor does a namespace that was not asked for.
/// </summary>
internal sealed class XmlComparison(XmlOptions options)
{
    private readonly XmlAttributeComparison attributes = new(options);

    public List<string> Differences(XElement expected, XElement actual)
    {
        List<string> found = [];
        Compare(expected, actual, "/" + actual.Name.LocalName, found);
        return found;
    }

    private void Compare(XElement expected, XElement actual, string path, List<string> found)
    {
        if (!Exempt("ELEMENT_TAG_NAME") && options.Names.TagOf(expected) != options.Names.TagOf(actual))
        {
            found.Add($"{path}: expected element {expected.Name}, was {actual.Name}");
            return;
        }

        if (!Exempt("NAMESPACE_URI") && options.Names.NamespaceOf(expected) is { Length: > 0 } uri && uri != options.Names.NamespaceOf(actual))
        {
            found.Add($"{path}: expected the namespace {uri}, was {actual.Name.NamespaceName}");
            return;
        }

        attributes.Compare(expected, actual, path, found);
        var left = XmlChildren.Of(expected, options);
        var right = XmlChildren.Of(actual, options);
        if (left is { Texts: [var only], Elements: [] } && right.Count <= 1 && options.Placeholder?.Ignores(only.Value) == true)
        {
            return;
        }

        CompareTexts(left.Texts, right.Texts, path, found);
        CompareElements(left.Elements, right.Elements, path, found);
        ComparePairs(left.Instructions, right.Instructions, path, found);
        if (left.Count != right.Count && !Exempt("CHILD_NODELIST_LENGTH"))
        {
            found.AddRange(right.Elements.Skip(left.Elements.Count).Select(extra => $"{path}/{extra.Name.LocalName}: not expected"));
            found.Add($"{path}: expected {left.Count} child nodes, was {right.Count}");
        }
    }

    private void CompareTexts(IReadOnlyList<XText> expected, IReadOnlyList<XText> actual, string path, List<string> found)
    {
        for (var i = 0; i < expected.Count; i++)
        {
            var left = expected[i].Value.Trim();
            var right = i < actual.Count ? actual[i].Value.Trim() : "";
            var byPlaceholder = i < actual.Count ? options.Placeholder?.TryMatch(left, right) : null;
            if (i >= actual.Count ? !Exempt("CHILD_LOOKUP") : !Exempt("TEXT_VALUE") && !(byPlaceholder ?? left == right))
            {
                found.Add($"{path}: expected text {TextDisplay.Of(left)}, was {TextDisplay.Of(right)}");
            }
            else if (i < actual.Count && byPlaceholder is null && expected[i].NodeType != actual[i].NodeType && !Exempt("NODE_TYPE"))
            {
                found.Add($"{path}: expected {expected[i].NodeType}, was {actual[i].NodeType}");
            }
        }
    }

    private void CompareElements(IReadOnlyList<XElement> expected, IReadOnlyList<XElement> actual, string path, List<string> found)
    {
        for (var i = 0; i < expected.Count; i++)
        {
            var name = expected[i].Name.LocalName;
            if (i < actual.Count)
            {
                Compare(expected[i], actual[i], $"{path}/{name}", found);
            }
            else if (!Exempt("CHILD_LOOKUP"))
            {
                found.Add($"{path}/{name}: was missing");
            }
        }
    }

    private void ComparePairs(IReadOnlyList<XProcessingInstruction> expected, IReadOnlyList<XProcessingInstruction> actual, string path, List<string> found)
    {
        foreach (var (left, right) in expected.Zip(actual))
        {
            if (left.Target != right.Target || left.Data != right.Data)
            {
                found.Add($"{path}: expected {left}, was {right}");
            }
        }
    }

    private bool Exempt(string comparison) => options.Exempted.Contains(comparison);
}
