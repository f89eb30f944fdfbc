using System.Text.Json;
using IntegrationKit.Redaction;

namespace IntegrationKit.Journal;

/// <summary>
/// A line in the making, one per thread: serialising and redacting need no lock. Its place in the journal is only known
/// when it is written, so room is left in front for the event's name, number and time.
/// </summary>
internal sealed class LineBuffer : IDisposable
{
    private const int Headroom = 128;

    [ThreadStatic]
    private static LineBuffer? ofThread;

    private readonly LineText text = new();
    private byte[] head = [];

    private LineBuffer()
    {
    }

    /// <summary>The line without its head, redacted. Valid until the thread's next call.</summary>
    public static LineBuffer Of(JournalEvent journalEvent, Redactor? redactor)
    {
        var buffer = ofThread ??= new LineBuffer();
        buffer.Fill(journalEvent, redactor);
        return buffer;
    }

    /// <summary>The whole line: <c>{"e":"test.started","seq":7,"at":120,…}</c> and a line feed. Its head is put before it from right to left.</summary>
    public ReadOnlySpan<byte> Line(long sequence, long atUs)
    {
        var line = text.Bytes;
        // The head's own brace replaces the body's.
        var start = Headroom + 1;
        if (line[start] != (byte)'}')
        {
            line[--start] = (byte)',';
        }

        start = LineText.Before(line, start, atUs);
        start = Before(line, start, ",\"at\":"u8);
        start = LineText.Before(line, start, sequence);
        start = Before(line, start, head);
        return new ReadOnlySpan<byte>(line, start, text.Length - start);
    }

    public void Dispose() => text.Dispose();

    private static int Before(byte[] line, int end, ReadOnlySpan<byte> label)
    {
        for (var i = label.Length - 1; i >= 0; i--)
        {
            line[--end] = label[i];
        }

        return end;
    }

    private void Fill(JournalEvent journalEvent, Redactor? redactor)
    {
        var kind = JournalEvents.Of(journalEvent);
        head = kind.Head;
        text.Restart(Headroom);
        if (!TestLines.TryWrite(text, journalEvent))
        {
            var json = text.Json;
            JsonSerializer.Serialize(json, journalEvent, kind.Writing);
            json.Flush();
        }

        if (redactor is not null && LineRedaction.Masked(new ReadOnlySpan<byte>(text.Bytes, Headroom, text.Length - Headroom), redactor) is { } masked)
        {
            text.Restart(Headroom);
            text.Raw(masked);
        }

        text.Label("\n"u8);
    }
}
