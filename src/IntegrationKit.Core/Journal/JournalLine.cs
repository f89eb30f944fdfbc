using System.Buffers;
using System.Text;
using System.Text.Json;

namespace IntegrationKit.Journal;

/// <summary>One event as one line of UTF-8, and back.</summary>
internal static class JournalLine
{
    /// <summary>Writes <c>{"e":"name",…}</c> and a line feed.</summary>
    public static void Write(JournalEvent journalEvent, ArrayBufferWriter<byte> buffer)
    {
        var (name, type) = JournalEvents.Of(journalEvent);
        Append(buffer, "{\"e\":\""u8);
        Append(buffer, Encoding.UTF8.GetBytes(name));
        Append(buffer, "\","u8);
        // The serializer writes the object's opening brace, which is already there: it is cut by writing to a side buffer.
        var body = JsonSerializer.SerializeToUtf8Bytes(journalEvent, type);
        Append(buffer, body.AsSpan(1));
        Append(buffer, "\n"u8);
    }

    /// <summary>
    /// Reads a line. False with a null event means unknown but well-formed (a later minor version): ignore it.
    /// </summary>
    /// <exception cref="JsonException">The line is torn or damaged.</exception>
    public static bool TryRead(ReadOnlySpan<byte> line, out JournalEvent? journalEvent)
    {
        journalEvent = null;
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.Read()
            || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("e"u8)
            || !reader.Read() || reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("A journal line starts with {\"e\":\"event name\".");
        }

        var type = JournalEvents.Find(reader.GetString()!);
        if (type is null)
        {
            using var ignored = JsonDocument.Parse(line.ToArray());
            return false;
        }

        journalEvent = (JournalEvent?)JsonSerializer.Deserialize(line, type);
        return journalEvent is not null;
    }

    private static void Append(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(buffer.GetSpan(bytes.Length));
        buffer.Advance(bytes.Length);
    }
}
