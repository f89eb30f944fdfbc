using System.Text.Json;

namespace IntegrationKit.Journal;

/// <summary>Reads one line of UTF-8 as an event; <see cref="LineBuffer"/> writes it.</summary>
internal static class JournalLine
{
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
}
