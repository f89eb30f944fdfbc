using System.Globalization;
using System.Text;

namespace IntegrationKit.Writers;

/// <summary>XML 1.0 has no way to write most control characters, not even escaped: they are shown as <c>\u001B</c>.</summary>
internal static class XmlText
{
    public static string Clean(string text)
    {
        var bad = FirstBad(text);
        if (bad < 0)
        {
            return text;
        }

        var result = new StringBuilder(text, 0, bad, text.Length + 64);
        for (var i = bad; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                result.Append(c).Append(text[++i]);
            }
            else if (IsAllowed(c))
            {
                result.Append(c);
            }
            else
            {
                result.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            }
        }

        return result.ToString();
    }

    private static int FirstBad(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsAllowed(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsAllowed(char c) => c is '\t' or '\n' or '\r' or (>= ' ' and < '\uD800') or (>= '\uE000' and <= '\uFFFD');
}
