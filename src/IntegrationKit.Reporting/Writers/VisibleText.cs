using System.Globalization;
using System.Text;

namespace IntegrationKit.Writers;

/// <summary>
/// Text for people: control characters and direction overrides are shown as <c>\u202E</c> instead of taking effect.
/// </summary>
internal static class VisibleText
{
    public static string Of(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsHidden(text[i]))
            {
                return Rewrite(text, i);
            }
        }

        return text;
    }

    private static string Rewrite(string text, int from)
    {
        var result = new StringBuilder(text, 0, from, text.Length + 32);
        for (var i = from; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                result.Append(text[i]).Append(text[++i]);
            }
            else if (IsHidden(text[i]))
            {
                result.Append("\\u").Append(((int)text[i]).ToString("X4", CultureInfo.InvariantCulture));
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }

    private static bool IsHidden(char c) => c is (< ' ' and not '\n' and not '\t') or (>= '\u007F' and <= '\u009F')
        or '\u200E' or '\u200F' or '\u061C' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF' or '\uFFFE' or '\uFFFF'
        or (>= '\uD800' and <= '\uDFFF');
}
