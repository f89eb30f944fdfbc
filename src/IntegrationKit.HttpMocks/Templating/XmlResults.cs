using System.Globalization;
using System.Xml.Linq;
using IntegrationKit.Templating.Helpers;

namespace IntegrationKit.Templating;

/// <summary>What an XPath found: prints as the first result and can be walked.</summary>
internal sealed class XmlResults(object found) : List<object?>(Results(found))
{
    public override string ToString() => Count == 0 ? "" : TemplateText.Of(this[0]);

    private static IEnumerable<object?> Results(object found) => found switch
    {
        IEnumerable<object> nodes => nodes.Select(node => node switch
        {
            XElement element => new XmlNodeValue(element),
            XAttribute attribute => attribute.Value,
            XText text => (object?)text.Value,
            _ => node.ToString(),
        }),
        bool flag => [flag ? "true" : "false"],
        double number => [number.ToString(CultureInfo.InvariantCulture)],
        _ => [found.ToString()],
    };
}

/// <summary>An element in a template: <c>name</c>, <c>text</c> and <c>attributes</c>; prints as XML over several lines.</summary>
internal sealed class XmlNodeValue : Dictionary<string, object?>
{
    private readonly XElement element;

    public XmlNodeValue(XElement element)
        : base(StringComparer.Ordinal)
    {
        this.element = element;
        this["name"] = element.Name.LocalName;
        this["text"] = element.Value;
        this["attributes"] = element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration)
            .ToDictionary(attribute => attribute.Name.LocalName, attribute => (object?)attribute.Value, StringComparer.Ordinal);
    }

    public override string ToString() => XmlHelpers.Pretty(new XElement(element), indent: true) + "\n";
}
