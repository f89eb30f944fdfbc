using System.Text;

namespace IntegrationKit.Writers.Html;

/// <summary>Everything that came from a test goes through here; nothing in the page is markup of a test.</summary>
internal static class HtmlText
{
    /// <summary>Words from this length on may be broken; the shortest piece of one.</summary>
    private const int LongWord = 17;
    private const int Piece = 3;

    /// <summary>For attributes and short texts.</summary>
    public static string Of(string? text, int limit = 4000) => Escaped(Visible(text, limit), false);

    /// <summary>For elements: long names of classes, methods and files may be broken between their words.</summary>
    public static string Broken(string? text, int limit = 4000) => Escaped(Visible(text, limit), true);

    private static string Visible(string? text, int limit) => string.IsNullOrEmpty(text) ? "" :
        VisibleText.Of(text.Length > limit ? text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)] + "…" : text);

    private static string Escaped(string text, bool breaks)
    {
        var result = new StringBuilder(text.Length + 16);
        var (start, piece) = (0, 0);
        var end = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (i > end)
            {
                (start, piece, end) = (i, i, EndOfWord(text, i));
            }

            if (breaks && end - start >= LongWord && i - piece >= Piece && end - i >= Piece && MayBreak(text[i - 1], text[i]))
            {
                result.Append("<wbr>");
                piece = i;
            }

            Append(result, text[i]);
        }

        return result.ToString();
    }

    private static int EndOfWord(string text, int from)
    {
        while (from < text.Length && !char.IsWhiteSpace(text[from]))
        {
            from++;
        }

        return from;
    }

    private static bool MayBreak(char before, char after) =>
        before is '_' or '.' or '/' or ':' or '=' or '(' or ',' or '+' ? after is not ('_' or '.' or '/' or ':') : char.IsLower(before) && char.IsUpper(after);

    private static void Append(StringBuilder result, char c) => _ = c switch
    {
        '<' => result.Append("&lt;"),
        '>' => result.Append("&gt;"),
        '&' => result.Append("&amp;"),
        '"' => result.Append("&quot;"),
        '\'' => result.Append("&#39;"),
        _ => result.Append(c),
    };
}
