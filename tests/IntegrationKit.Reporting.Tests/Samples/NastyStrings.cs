using System.Text;

namespace IntegrationKit.Samples;

/// <summary>Texts that break writers: every control character, markup of every format, broken Unicode, directions, sizes.</summary>
internal static class NastyStrings
{
    public static IReadOnlyList<string> All { get; } = [.. Controls(), .. Markup(), .. UnicodeTexts(), .. Combined(), .. Long()];

    private static IEnumerable<string> Controls()
    {
        for (var c = 0; c < 0x20; c++)
        {
            yield return $"before{(char)c}after";
        }

        for (var c = 0x7F; c <= 0x9F; c++)
        {
            yield return $"before{(char)c}after";
        }

        yield return "\u001b[31mred\u001b[0m";
        yield return "\u001b]8;;http://example.test\u0007link\u001b]8;;\u0007";
        yield return "line1\r\nline2\rline3\nline4";
        yield return "\0\0\0";
    }

    private static IEnumerable<string> Markup() =>
    [
        "]]>", "<![CDATA[x]]>", "<!--", "-->", "--", "</script>", "</SCRIPT >", "<script>document.title='hacked'</script>", "<img src=x onerror=\"document.title='hacked'\">",
        "<svg/onload=document.title='hacked'>", "</style><b>", "</pre></details>", "\"><b>", "' onmouseover='document.title=1", "&amp;", "&lt;b&gt;", "&#0;", "&#x1F;", "&undefined;", "<?xml version=\"1.0\"?>",
        "<!DOCTYPE html>", "<!ENTITY x \"y\">", "{{constructor.constructor('x')()}}", "${1+1}", "#{x}", "<%= x %>", "javascript:document.title='hacked'", "data:text/html,<script>1</script>",
        "| a | b |", "|---|", "`code`", "```", "````text", "~~~", "# Heading", "[link](http://example.test)", "![img](http://example.test/x.png)", "@everyone", "@team/name", "#123", "org/repo#1", "*b* _i_ **s**", "- [ ] task", "<details><summary>x", "---\ntitle: x\n---",
        "::error file=x::message", "::set-output name=x::y", "%0A%0D", "##vso[task.complete result=Succeeded;]", "##teamcity[testFailed name='x']", "[[ATTACHMENT|/etc/passwd]]", "../../etc/passwd", "C:\\temp\\x", "file:///etc/passwd",
        "{\"a\":1}", "\\", "\\\\", "\\u0000", "\"", "'", "\\\"", "\\n", "/", "\b\f", "null", "undefined", "NaN", "1e999", "-0", "true", "'; drop table students;--", "$(touch x)", "`touch x`", "%s%n%d", "{0}", "{", "}", "\t", " ", "", "  leading and trailing  ",
    ];

    private static IEnumerable<string> UnicodeTexts() =>
    [
        "\uD800", "\uDC00", "\uD800x", "x\uDC00", "\uDC00\uD800", "\uD83D", "\uFFFE", "\uFFFF", "\uFFFD", "\uFEFFbom", "\uFDD0", "\U0001F600", "\U0010FFFF", "\U0001FFFE",
        "\u202Egnp.exe", "\u202A\u202B\u202C\u202D", "\u2066x\u2069", "\u200E\u200F\u061C", "\u200B\u200C\u200D\u2060", "e\u0301", "\u0301\u0301\u0301", "Z\u0335\u0321\u0353", "\u0130\u0131", "\u00DF\u1E9E", "\u2028\u2029", "\u0085",
        "\u00A0", "\u3000", "日本語のテスト", "Привет", "مرحبا", "שלום", "ไทย", "한국어", "हिन्दी", "\U0001F468\u200D\U0001F469\u200D\U0001F467", "\U0001F1E9\U0001F1EA", "\uE000", "\U000F0000", "\u0000\uD800", "ﬁ", "Ω≈ç√", "\u2026", "\u00AD", "\uFFF9x\uFFFB", "\uFE0F",
    ];

    private static IEnumerable<string> Combined()
    {
        foreach (var text in new[] { "]]>", "</script>", "\u001b[0m", "\uD800", "\u202E", "\"", "|", "`", "@x" })
        {
            yield return text + text;
            yield return "a\n" + text + "\nb";
            yield return text + "\0";
        }
    }

    private static IEnumerable<string> Long()
    {
        yield return new string('x', 100_000);
        yield return new string('\u0007', 10_000);
        yield return string.Concat(Enumerable.Repeat("\U0001F600", 20_000));
        yield return new StringBuilder().Insert(0, "line\n", 20_000).ToString();
        yield return new string('`', 5_000);
        yield return string.Concat(Enumerable.Repeat("]]>", 9_000));
    }
}
