using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;
using XmlText = IntegrationKit.Matching.Xml.XmlText;

namespace IntegrationKit.Templating.Helpers;

/// <summary>Helpers over XML documents.</summary>
internal static class XmlHelpers
{
    private const string SoapBody = "/*[local-name()='Envelope']/*[local-name()='Body']";

    public static IEnumerable<(string, Func<HelperCall, object?>)> All =>
    [
        ("xPath", call => XPath(TemplateText.Of(call[0]), TemplateText.Of(call[1]))),
        ("soapXPath", call => XPath(TemplateText.Of(call[0]), SoapBody + TemplateText.Of(call[1]))),
        ("formatXml", call => Format(call.Text(), call.Option("format") == "compact")),
    ];

    public static string Format(string text, bool compact = false) => XmlText.TryParse(text) is { Root: { } root }
        ? compact ? Pretty(root, indent: false) : Pretty(root, indent: true) + "\n"
        : throw new HelperException($"{text} is not valid XML");

    public static string Pretty(XElement element, bool indent)
    {
        foreach (var blank in element.DescendantNodes().OfType<XText>().Where(text => string.IsNullOrWhiteSpace(text.Value)).ToArray())
        {
            blank.Remove();
        }

        var settings = new XmlWriterSettings { Indent = indent, OmitXmlDeclaration = true, NewLineChars = "\n" };
        var text = new System.Text.StringBuilder();
        using (var writer = XmlWriter.Create(text, settings))
        {
            element.WriteTo(writer);
        }

        return text.Replace(" />", "/>").ToString();
    }

    private static object XPath(string xml, string expression)
    {
        if (XmlText.TryParse(xml) is not { } document)
        {
            throw new HelperException($"{xml} is not valid XML");
        }

        try
        {
            return new XmlResults(XmlText.WithoutNamespaces(document, keepPrefixed: true).XPathEvaluate(expression));
        }
        catch (XPathException)
        {
            throw new HelperException($"{expression} is not a valid XPath expression");
        }
    }
}
