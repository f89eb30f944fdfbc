using System.Text;

namespace IntegrationKit.Writers;

/// <summary>Markdown that a test's text cannot escape from: no tables broken, no mentions, no links, no markup.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]<>()#+!|~$&";

    /// <summary>One line, safe in a table cell and a list.</summary>
    public static string Inline(string text, int limit = 300)
    {
        var line = VisibleText.Of(text).ReplaceLineEndings(" ").Replace('\t', ' ');
        var result = new StringBuilder(line.Length + 16);
        for (var i = 0; i < line.Length && i < limit; i++)
        {
            var c = line[i];
            if (c == '@' || (c == '#' && i + 1 < line.Length && char.IsDigit(line[i + 1])))
            {
                result.Append(c).Append("<!-- -->"); // keeps hosts from mentioning people and issues
                continue;
            }

            if (Special.Contains(c, StringComparison.Ordinal))
            {
                result.Append('\\');
            }

            if (char.IsHighSurrogate(c) && i + 1 < line.Length)
            {
                result.Append(c).Append(line[++i]);
                continue;
            }

            result.Append(c);
        }

        return line.Length > limit ? result.Append('…').ToString() : result.ToString();
    }

    /// <summary>A code block whose fence is longer than any run of backticks inside.</summary>
    public static string Block(string text, int limit, string language = "text")
    {
        var body = VisibleText.Of(text.ReplaceLineEndings("\n"));
        body = body.Length > limit ? body[..SafeEnd(body, limit)] + "\n…" : body;
        var longest = 0;
        for (int i = 0, run = 0; i < body.Length; i++)
        {
            run = body[i] == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', Math.Max(3, longest + 1));
        return $"{fence}{language}\n{body}\n{fence}\n";
    }

    private static int SafeEnd(string text, int limit) => char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
}
