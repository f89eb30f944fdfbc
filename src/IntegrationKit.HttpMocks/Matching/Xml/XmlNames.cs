using System.Xml.Linq;

namespace IntegrationKit.Matching.Xml;

/// <summary>How names are read, after WireMock's <c>namespaceAwareness</c>.</summary>
internal abstract class XmlNames
{
    /// <summary>Prefixes do not matter; a default namespace does where one is expected.</summary>
    public static readonly XmlNames Legacy = new LegacyNames();

    /// <summary>Namespaces matter, prefixes do not.</summary>
    public static readonly XmlNames Strict = new StrictNames();

    /// <summary>Names as written, prefix included; declarations are plain attributes.</summary>
    public static readonly XmlNames None = new WrittenNames();

    public virtual string TagOf(XElement element) => element.Name.LocalName;

    public virtual string NamespaceOf(XElement element) => element.Name.NamespaceName;

    public virtual string AttributeName(XAttribute attribute) => Written(attribute.Parent!, attribute.Name);

    private static string Written(XElement scope, XName name) =>
        name.Namespace != XNamespace.None && scope.GetPrefixOfNamespace(name.Namespace) is { Length: > 0 } prefix
            ? $"{prefix}:{name.LocalName}"
            : name.LocalName;

    private sealed class LegacyNames : XmlNames
    {
        public override string NamespaceOf(XElement element) =>
            element.Name.Namespace != XNamespace.None && element.GetDefaultNamespace() == element.Name.Namespace ? element.Name.NamespaceName : "";
    }

    private sealed class StrictNames : XmlNames
    {
        public override string AttributeName(XAttribute attribute) => attribute.Name.ToString();
    }

    private sealed class WrittenNames : XmlNames
    {
        public override string TagOf(XElement element) => element.GetDefaultNamespace() == element.Name.Namespace
            ? element.Name.LocalName
            : Written(element, element.Name);

        public override string NamespaceOf(XElement element) => "";
    }
}
