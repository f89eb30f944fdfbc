using System.Text;
using IntegrationKit.Redaction;

namespace IntegrationKit.Runs;

/// <summary>Looks for secrets in what a test attached as bytes and called a text.</summary>
internal static class AttachmentText
{
    private static readonly string[] Kinds = ["json", "xml", "yaml", "html", "csv", "javascript", "graphql", "x-www-form-urlencoded", "toml", "sql"];
    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>True for text/*, and for what is text under another name (application/json, image/svg+xml …).</summary>
    public static bool Is(string mediaType)
    {
        var type = mediaType.Split(';')[0].Trim();
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || Array.Exists(Kinds, kind => type.Contains(kind, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The same bytes when there is nothing to mask.</summary>
    public static byte[] Masked(byte[] content, Redactor redactor)
    {
        var encoding = EncodingOf(content);
        var text = encoding.GetString(content);
        var masked = redactor.Redact(text)!;
        return masked == text ? content : encoding.GetBytes(masked);
    }

    /// <summary>Bytes that are no UTF-8 are taken one by one, so that everything but a secret stays as it is.</summary>
    private static Encoding EncodingOf(byte[] content)
    {
        if (content is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            return content[0] == 0xff ? Encoding.Unicode : Encoding.BigEndianUnicode;
        }

        try
        {
            Strict.GetCharCount(content);
            return Strict;
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1;
        }
    }
}
