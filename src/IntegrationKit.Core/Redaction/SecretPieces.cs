using System.Text;

namespace IntegrationKit.Redaction;

/// <summary>
/// Pieces of secrets. xUnit and assertion libraries shorten long texts and put a mark there: the whole secret is not in the
/// text any more, but its beginning stands before the mark, or its end behind it.
/// </summary>
internal static class SecretPieces
{
    /// <summary>xUnit's mark, FluentAssertions' and everybody's.</summary>
    private static readonly string[] Marks = ["\u00B7\u00B7\u00B7", "…", "..."];

    /// <summary>Fewer characters tell nobody anything, and turn up by chance.</summary>
    private const int Shortest = 6;

    /// <summary>The text itself when there is nothing to mask.</summary>
    public static string Mask(string text, IReadOnlyList<string> secrets)
    {
        foreach (var mark in Marks)
        {
            for (var at = text.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = Next(text, mark, at))
            {
                var after = at + mark.Length;
                var end = after + Length(text, after, secrets, forward: true);
                var start = at - Length(text, at, secrets, forward: false);
                if (start < at || end > after)
                {
                    var masked = new StringBuilder(text.Length).Append(text, 0, start).Append(start < at ? Redactor.Mask : "")
                        .Append(mark).Append(end > after ? Redactor.Mask : "").Append(text, end, text.Length - end).ToString();
                    at = start + (start < at ? Redactor.Mask.Length : 0);
                    text = masked;
                }
            }
        }

        return text;
    }

    private static int Next(string text, string mark, int at) =>
        at + mark.Length < text.Length ? text.IndexOf(mark, at + mark.Length, StringComparison.Ordinal) : -1;

    /// <summary>How many characters before or behind the mark are a piece of a secret; a quote may stand between them and the mark.</summary>
    private static int Length(string text, int mark, IReadOnlyList<string> secrets, bool forward)
    {
        var room = forward ? text.Length - mark : mark;
        if (room == 0)
        {
            return 0;
        }

        var quote = text[forward ? mark : mark - 1] is '"' or '\'' ? 1 : 0;
        var from = forward ? mark + quote : mark - quote;
        var most = 0;
        foreach (var secret in secrets)
        {
            var length = Shortest;
            while (length <= room - quote && secret.Contains(text.AsSpan(forward ? from : from - length, length), StringComparison.Ordinal))
            {
                most = Math.Max(most, length++);
            }
        }

        return most == 0 ? 0 : most + quote;
    }
}
