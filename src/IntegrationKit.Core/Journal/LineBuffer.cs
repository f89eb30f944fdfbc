using System.Buffers.Text;
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
    private byte[] name = [];

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

    /// <summary>The whole line: <c>{"e":"test.started","seq":7,"at":120,…}</c> and a line feed.</summary>
    public ReadOnlySpan<byte> Line(long sequence, long atUs)
    {
        var line = text.Written;
        Span<byte> head = stackalloc byte[Headroom];
        "{\"e\":\""u8.CopyTo(head);
        var length = 6;
        name.CopyTo(head[length..]);
        length += name.Length;
        Number(head, ref length, "\",\"seq\":"u8, sequence);
        Number(head, ref length, ",\"at\":"u8, atUs);
        if (line[Headroom + 1] != (byte)'}')
        {
            head[length++] = (byte)',';
        }

        // The head's own brace replaces the body's.
        var start = Headroom + 1 - length;
        head[..length].CopyTo(line[start..]);
        return line[start..];
    }

    public void Dispose() => text.Dispose();

    private static void Number(Span<byte> head, ref int length, ReadOnlySpan<byte> label, long value)
    {
        label.CopyTo(head[length..]);
        length += label.Length;
        Utf8Formatter.TryFormat(value, head[length..], out var digits);
        length += digits;
    }

    private void Fill(JournalEvent journalEvent, Redactor? redactor)
    {
        var kind = JournalEvents.Of(journalEvent);
        name = kind.Name;
        text.Restart(Headroom);
        if (!TestLines.TryWrite(text, journalEvent))
        {
            var json = text.Json;
            JsonSerializer.Serialize(json, journalEvent, kind.Writing);
            json.Flush();
        }

        if (redactor is not null && LineRedaction.Masked(text.Written[Headroom..], redactor) is { } masked)
        {
            text.Restart(Headroom);
            text.Raw(masked);
        }

        text.Raw("\n"u8);
    }
}
