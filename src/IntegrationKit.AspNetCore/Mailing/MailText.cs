using System.Text;
using System.Text.RegularExpressions;

namespace IntegrationKit.Mailing;

/// <summary>Subject and text of a message, decoded: encoded words, quoted-printable, base64, the first text of several parts.</summary>
internal static partial class MailText
{
    public static SentMail Read(string from, IReadOnlyList<string> to, string raw)
    {
        var (headers, body) = Split(raw);
        return new SentMail(from, to, Words(headers.GetValueOrDefault("subject", "")), Text(headers, body), raw);
    }

    private static string Text(Dictionary<string, string> headers, string body)
    {
        var type = headers.GetValueOrDefault("content-type", "text/plain");
        if (Boundary().Match(type) is { Success: true } boundary)
        {
            var parts = body.Split("--" + boundary.Groups["value"].Value).Skip(1).Select(part => Split(part.TrimStart('\r', '\n'))).ToList();
            return parts.Where(part => IsText(part.Headers)).Select(part => Text(part.Headers, part.Body)).FirstOrDefault(text => text.Length > 0, "");
        }

        var bytes = headers.GetValueOrDefault("content-transfer-encoding", "").Trim().ToLowerInvariant() switch
        {
            "base64" => Base64(body),
            "quoted-printable" => Quoted(body, underscoreIsBlank: false),
            _ => Encoding.Latin1.GetBytes(body),
        };
        return Charset(Parameter().Match(type).Groups["value"].Value).GetString(bytes).TrimEnd('\r', '\n');
    }

    private static bool IsText(Dictionary<string, string> headers) =>
        headers.GetValueOrDefault("content-type", "text/plain").TrimStart() is var type
        && (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase));

    private static (Dictionary<string, string> Headers, string Body) Split(string raw)
    {
        var end = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = Fold().Replace(end < 0 ? raw : raw[..end], " ");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in head.Split("\r\n"))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                headers.TryAdd(line[..colon], line[(colon + 1)..].Trim());
            }
        }

        return (headers, end < 0 ? "" : raw[(end + 4)..]);
    }

    private static string Words(string text) => Word().Replace(Between().Replace(text, "?==?"), match =>
    {
        var bytes = match.Groups["encoding"].Value is "B" or "b" ? Base64(match.Groups["text"].Value) : Quoted(match.Groups["text"].Value, underscoreIsBlank: true);
        return Charset(match.Groups["charset"].Value).GetString(bytes);
    });

    private static byte[] Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var written) ? bytes[..written] : Encoding.Latin1.GetBytes(text);
    }

    private static byte[] Quoted(string text, bool underscoreIsBlank)
    {
        var joined = text.Replace("=\r\n", "", StringComparison.Ordinal);
        var plain = Escape().Replace(underscoreIsBlank ? joined.Replace('_', ' ') : joined, match =>
            ((char)Convert.ToByte(match.Groups["hex"].Value, 16)).ToString());
        return Encoding.Latin1.GetBytes(plain);
    }

    private static Encoding Charset(string name)
    {
        try
        {
            return name.Length == 0 ? Encoding.UTF8 : Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return Encoding.Latin1;
        }
    }

    [GeneratedRegex(@"\r\n[ \t]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fold();

    [GeneratedRegex(@"\?=\s+=\?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Between();

    [GeneratedRegex(@"=\?(?<charset>[^?]+)\?(?<encoding>[bqBQ])\?(?<text>[^?]*)\?=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex("=(?<hex>[0-9A-Fa-f]{2})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escape();

    [GeneratedRegex("""boundary="?(?<value>[^";]+)""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Boundary();

    [GeneratedRegex("""charset="?(?<value>[^";\s]+)""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}
