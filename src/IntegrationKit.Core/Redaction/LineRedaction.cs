using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationKit.Redaction;

/// <summary>
/// The net under <see cref="EventRedaction"/>: a registered secret in any value of a line is masked, whatever the field, and so
/// is what the user's own patterns match.
/// </summary>
internal static class LineRedaction
{
    /// <summary>What the kit itself makes and joins lines by: nobody's secret, however much it looks like one to a pattern.</summary>
    private static readonly HashSet<string> Own = new(["e", "execution", "testId", "caseId", "test", "trace", "runId", "status", "startedAt", "sha256"], StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The masked line, or null when there is nothing to mask.</summary>
    public static byte[]? Masked(ReadOnlySpan<byte> line, Redactor redactor)
    {
        if (redactor.HasPatterns)
        {
            return Mask(line, redactor);
        }

        if (!redactor.MayHaveSecret(line))
        {
            return null;
        }

        var characters = ArrayPool<char>.Shared.Rent(line.Length);
        try
        {
            var length = Encoding.UTF8.GetChars(line, characters);
            var text = characters.AsSpan(0, length);
            return redactor.HasSecret(text) || (text.Contains('\\') && redactor.HasSecret(Unescape(text))) ? Mask(line, redactor) : null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    /// <summary>A secret that was escaped before it came here has its backslashes doubled in the line.</summary>
    private static ReadOnlySpan<char> Unescape(Span<char> text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '\\' or '"')
            {
                i++;
            }

            text[length++] = text[i];
        }

        return text[..length];
    }

    private static byte[] Mask(ReadOnlySpan<byte> line, Redactor redactor)
    {
        var node = JsonNode.Parse(line)!.AsObject();
        Walk(node, redactor);
        return Encoding.UTF8.GetBytes(node.ToJsonString(Readable));
    }

    /// <summary>Values only: the names of the format are no secrets.</summary>
    private static void Walk(JsonNode node, Redactor redactor)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map.ToList())
                {
                    if (!Own.Contains(name) && Replacement(value, redactor) is { } replacement)
                    {
                        map[name] = replacement;
                    }
                }

                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (Replacement(list[i], redactor) is { } replacement)
                    {
                        list[i] = replacement;
                    }
                }

                break;
        }
    }

    private static JsonNode? Replacement(JsonNode? value, Redactor redactor)
    {
        if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String)
        {
            return JsonValue.Create(redactor.Redact(text.GetValue<string>()));
        }

        if (value is not null)
        {
            Walk(value, redactor);
        }

        return null;
    }
}
