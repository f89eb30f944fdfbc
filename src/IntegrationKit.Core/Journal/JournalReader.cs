using System.Text.Json;

namespace IntegrationKit.Journal;

/// <summary>What a journal file held, and what of it could not be read.</summary>
internal sealed record JournalContent(IReadOnlyList<JournalEvent> Events, int UnreadableLines, bool TornLastLine, int MissingSequences);

/// <summary>Reads a journal, also of a killed run: a torn last line is expected, damaged inner lines are counted.</summary>
internal static class JournalReader
{
    public static JournalContent Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Read(file);
    }

    public static JournalContent Read(Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return Read(memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }

    private static JournalContent Read(ReadOnlySpan<byte> bytes)
    {
        var events = new List<JournalEvent>();
        var unreadable = 0;
        var torn = false;
        var missing = 0;
        long last = 0;
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var isLast = end < 0;
            var line = isLast ? bytes : bytes[..end];
            bytes = isLast ? [] : bytes[(end + 1)..];
            if (line.IsEmpty)
            {
                continue;
            }

            try
            {
                if (JournalLine.TryRead(line, out var journalEvent) && journalEvent is not null)
                {
                    missing += (int)Math.Max(0, journalEvent.Sequence - last - 1);
                    last = Math.Max(last, journalEvent.Sequence);
                    events.Add(journalEvent);
                }
                else
                {
                    last++;
                }
            }
            catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
            {
                torn |= isLast;
                unreadable += isLast ? 0 : 1;
            }
        }

        return new JournalContent(events, unreadable, torn, missing);
    }
}
