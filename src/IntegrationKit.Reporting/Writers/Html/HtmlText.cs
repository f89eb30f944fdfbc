using System.Text;

namespace IntegrationKit.Writers.Html;

/// <summary>Everything that came from a test goes through here; nothing in the page is markup of a test.</summary>
internal static class HtmlText
{
    public static string Of(string? text, int limit = 4000)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var visible = VisibleText.Of(text.Length > limit ? text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)] + "…" : text);
        var result = new StringBuilder(visible.Length + 16);
        foreach (var c in visible)
        {
            _ = c switch
            {
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '&' => result.Append("&amp;"),
                '"' => result.Append("&quot;"),
                '\'' => result.Append("&#39;"),
                _ => result.Append(c),
            };
        }

        return result.ToString();
    }
}
