using System.Text;
using System.Text.Json;

namespace IntegrationKit.Requests;

/// <summary>
/// Reads JSON as WireMock does: comments, names and texts in single quotes, and whatever follows the value are let pass.
/// </summary>
internal static class LenientJson
{
    private static readonly JsonDocumentOptions Comments = new() { CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Null when it is not JSON even so. The caller disposes the document.</summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes, Comments);
        }
        catch (JsonException)
        {
            return Prefix(bytes.Span) ?? (bytes.Span.Contains((byte)'\'') ? Prefix(DoubleQuoted(bytes)) : null);
        }
    }

    private static JsonDocument? Prefix(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
            if (!JsonDocument.TryParseValue(ref reader, out var document))
            {
                return null;
            }

            var rest = bytes[(int)reader.BytesConsumed..];
            if (document.RootElement.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String) && rest.Length > 0 && !char.IsWhiteSpace((char)rest[0]))
            {
                document.Dispose();
                return null;
            }

            return document;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] DoubleQuoted(ReadOnlyMemory<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes.Span);
        var result = new StringBuilder(text.Length + 16);
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            switch (character)
            {
                case '\\' when quote != '\0' && i + 1 < text.Length:
                    result.Append(text[i + 1] == '\'' ? "'" : text.AsSpan(i, 2));
                    i++;
                    break;
                case '"' when quote == '\'':
                    result.Append("\\\"");
                    break;
                case '"' or '\'' when quote == '\0' || quote == character:
                    quote = quote == '\0' ? character : '\0';
                    result.Append('"');
                    break;
                default:
                    result.Append(character);
                    break;
            }
        }

        return Encoding.UTF8.GetBytes(result.ToString());
    }
}
