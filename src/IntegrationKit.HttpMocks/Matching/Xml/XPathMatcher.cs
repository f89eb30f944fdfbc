using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;

namespace IntegrationKit.Matching.Xml;

/// <summary><c>matchesXPath</c>: XPath 1.0 finds something, or what it finds satisfies a matcher.</summary>
internal sealed class XPathMatcher : ValueMatcher
{
    private readonly string expression;
    private readonly ValueMatcher? inner;
    private readonly XmlNamespaceManager? namespaces;

    /// <exception cref="XPathException">The expression is malformed.</exception>
    public XPathMatcher(string expression, IReadOnlyDictionary<string, string> prefixes, ValueMatcher? inner)
    {
        this.expression = expression;
        this.inner = inner;
        XPathExpression.Compile(expression);
        if (prefixes.Count > 0)
        {
            namespaces = new XmlNamespaceManager(new NameTable());
            foreach (var (prefix, uri) in prefixes)
            {
                namespaces.AddNamespace(prefix, uri);
            }
        }
    }

    public override string Expected => inner is null ? $"something at {expression}" : $"{inner.Expected} at {expression}";

    public override bool Matches(string? value)
    {
        var found = Find(value);
        return found is { Count: > 0 } && (inner is null || found.Any(text => inner.Matches(text)));
    }

    /// <summary>The XPath's results as texts: elements as XML, everything else as its value. Shared with templates.</summary>
    public static IReadOnlyList<string>? Evaluate(XDocument document, string expression, XmlNamespaceManager? namespaces)
    {
        var source = namespaces is null ? XmlText.WithoutNamespaces(document, JavaNames.KeepPrefixes(expression)) : document;
        return source.XPathEvaluate(expression, namespaces) switch
        {
            string text => [text],
            bool flag => [flag ? "true" : "false"],
            double number => [number.ToString(System.Globalization.CultureInfo.InvariantCulture)],
            IEnumerable<object> nodes => [.. nodes.Select(Text)],
            _ => null,
        };
    }

    private IReadOnlyList<string>? Find(string? value)
    {
        if (XmlText.TryParse(value) is not { } document)
        {
            return null;
        }

        try
        {
            return Evaluate(document, expression, namespaces);
        }
        catch (XPathException)
        {
            return null;
        }
    }

    private static string Text(object node) => node switch
    {
        XAttribute attribute => attribute.Value,
        XText text => text.Value,
        XElement element => XmlText.Original(element).ToString(SaveOptions.DisableFormatting),
        _ => node.ToString() ?? "",
    };
}
