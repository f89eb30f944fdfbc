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
        var events = new List<JournalEvent>();
        return Read(stream, events.Add) with { Events = events };
    }

    /// <summary>Hands over event by event, so that a large journal is never in memory as a whole.</summary>
    public static JournalContent Read(Stream stream, Action<JournalEvent> handle)
    {
        var state = new ReadState(handle);
        var buffer = new byte[128 * 1024];
        var held = 0;
        while (true)
        {
            if (held == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = stream.Read(buffer, held, buffer.Length - held);
            if (read == 0)
            {
                state.Line(buffer.AsSpan(0, held), isLast: true);
                return new JournalContent([], state.Unreadable, state.Torn, state.Missing);
            }

            held += read;
            var used = state.Lines(buffer.AsSpan(0, held));
            buffer.AsSpan(used, held - used).CopyTo(buffer);
            held -= used;
        }
    }

    private sealed class ReadState(Action<JournalEvent> handle)
    {
        private long last;

        public int Unreadable { get; private set; }

        public bool Torn { get; private set; }

        public int Missing { get; private set; }

        /// <summary>Reads the complete lines of the buffer and says how many bytes they were.</summary>
        public int Lines(ReadOnlySpan<byte> bytes)
        {
            var used = 0;
            while (bytes[used..].IndexOf((byte)'\n') is >= 0 and var end)
            {
                Line(bytes.Slice(used, end), isLast: false);
                used += end + 1;
            }

            return used;
        }

        public void Line(ReadOnlySpan<byte> line, bool isLast)
        {
            if (line.IsEmpty)
            {
                return;
            }

            JournalEvent? journalEvent;
            try
            {
                if (!JournalLine.TryRead(line, out journalEvent) || journalEvent is null)
                {
                    last++;
                    return;
                }
            }
            catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
            {
                Torn |= isLast;
                Unreadable += isLast ? 0 : 1;
                return;
            }

            Missing += (int)Math.Max(0, journalEvent.Sequence - last - 1);
            last = Math.Max(last, journalEvent.Sequence);
            handle(journalEvent);
        }
    }
}
