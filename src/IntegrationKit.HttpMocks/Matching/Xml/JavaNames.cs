using System.Text.RegularExpressions;

namespace IntegrationKit.Matching.Xml;

/// <summary>
/// How Java's XPath, which WireMock's mapping files are written for, takes names without a prefix when no namespaces are
/// declared: along the child axis <c>b</c> also finds <c>p:b</c>; in an expression that searches whole trees by <c>//</c>
/// it does not.
/// </summary>
internal static partial class JavaNames
{
    /// <summary>Whether <c>p:b</c> has to be asked for by that name. A <c>//</c> inside a literal is text.</summary>
    public static bool KeepPrefixes(string expression) => Literals().Replace(expression, "''").Contains("//", StringComparison.Ordinal);

    /// <summary>XPath 1.0 knows no escapes: a literal ends at the next quote of its kind.</summary>
    [GeneratedRegex("'[^']*'|\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Literals();
}
