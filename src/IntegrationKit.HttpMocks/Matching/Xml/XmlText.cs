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

    /// <summary>A copy without default namespaces, for XPath that says nothing about namespaces.</summary>
    /// <param name="document">The document; stays as it is.</param>
    /// <param name="keepPrefixed">Whether prefixed names stay what they are, too, or become local names.</param>
    public static XDocument WithoutNamespaces(XDocument document, bool keepPrefixed) => new(Strip(document.Root!, keepPrefixed));

    /// <summary>The element as it was sent, for an element of a copy without namespaces.</summary>
    public static XElement Original(XElement element) => element.Annotation<XElement>() ?? element;

    private static XElement Strip(XElement element, bool keepPrefixed)
    {
        var isLocal = !keepPrefixed || element.GetDefaultNamespace() == element.Name.Namespace;
        var attributes = element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration || (keepPrefixed && attribute.Name.LocalName != "xmlns"));
        var stripped = new XElement(
            isLocal ? element.Name.LocalName : element.Name,
            keepPrefixed ? attributes : attributes.DistinctBy(attribute => attribute.Name.LocalName).Select(attribute => new XAttribute(attribute.Name.LocalName, attribute.Value)),
            element.Nodes().Select(node => node is XElement child ? Strip(child, keepPrefixed) : node));
        stripped.AddAnnotation(element);
        return stripped;
    }
}
