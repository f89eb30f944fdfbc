using System.Xml;
using System.Xml.Linq;

namespace IntegrationKit.Matching.Xml;

/// <summary>Reads XML without touching the network or expanding entities of its own.</summary>
internal static class XmlText
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
    };

    public static XDocument? TryParse(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : Parse(text);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <exception cref="XmlException">The text is not XML.</exception>
    public static XDocument Parse(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text.Trim()), Settings);
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    /// <summary>A copy without default namespaces, for XPath that says nothing about namespaces. Prefixed names stay what they are.</summary>
    public static XDocument WithoutNamespaces(XDocument document) => new(Strip(document.Root!));

    private static XElement Strip(XElement element) => new(
        element.GetDefaultNamespace() == element.Name.Namespace ? element.Name.LocalName : element.Name,
        element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration || attribute.Name.LocalName != "xmlns"),
        element.Nodes().Select(node => node is XElement child ? Strip(child) : node));
}
