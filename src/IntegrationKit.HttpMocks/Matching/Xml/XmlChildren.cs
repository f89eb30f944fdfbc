using System.Xml.Linq;

namespace IntegrationKit.Matching.Xml;

/// <summary>The children that count, elements in the order in which they are compared: by name.</summary>
internal sealed record XmlChildren(
    IReadOnlyList<XElement> Elements, IReadOnlyList<XText> Texts, IReadOnlyList<XProcessingInstruction> Instructions)
{
    public int Count => Elements.Count + Texts.Count + Instructions.Count;

    public static XmlChildren Of(XElement element, XmlOptions options)
    {
        var elements = element.Elements().OrderBy(options.Names.TagOf, StringComparer.Ordinal);
        return new(
            options.IgnoreOrderOfSameNode ? [.. elements.ThenBy(child => child.Value, StringComparer.Ordinal)] : [.. elements],
            [.. element.Nodes().OfType<XText>().Where(text => text.Value.Trim().Length > 0)],
            [.. element.Nodes().OfType<XProcessingInstruction>()]);
    }
}
