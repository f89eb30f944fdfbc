using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IntegrationKit.Redaction;

namespace IntegrationKit.Journal;

/// <summary>
/// A line in the making, one per thread: serialising and redacting need no lock. Its place in the journal is only known
/// when it is written, so room is left in front for the event's name, number and time.
/// </summary>
internal sealed class LineBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Headroom = 128;
    private const int Kept = 1024 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static LineBuffer? ofThread;

    private byte[] bytes = new byte[4096];
    private readonly Utf8JsonWriter json;
    private int written;
    private byte[] name = [];

    private LineBuffer() => json = new Utf8JsonWriter(this, Options);

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
        Span<byte> head = stackalloc byte[Headroom];
        "{\"e\":\""u8.CopyTo(head);
        var length = 6;
        name.CopyTo(head[length..]);
        length += name.Length;
        Number(head, ref length, "\",\"seq\":"u8, sequence);
        Number(head, ref length, ",\"at\":"u8, atUs);
        if (bytes[Headroom + 1] != (byte)'}')
        {
            head[length++] = (byte)',';
        }

        // The head's own brace replaces the body's.
        var start = Headroom + 1 - length;
        head[..length].CopyTo(bytes.AsSpan(start));
        return bytes.AsSpan(start, written - start);
    }

    public void Dispose() => json.Dispose();

    public void Advance(int count) => written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return bytes.AsMemory(written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return bytes.AsSpan(written);
    }

    private static void Number(Span<byte> head, ref int length, ReadOnlySpan<byte> label, long value)
    {
        label.CopyTo(head[length..]);
        length += label.Length;
        Utf8Formatter.TryFormat(value, head[length..], out var digits);
        length += digits;
    }

    private void Fill(JournalEvent journalEvent, Redactor? redactor)
    {
        if (bytes.Length > Kept)
        {
            bytes = new byte[4096];
        }

        var kind = JournalEvents.Of(journalEvent);
        name = kind.Name;
        written = Headroom;
        json.Reset(this);
        if (!TestLines.TryWrite(json, journalEvent))
        {
            JsonSerializer.Serialize(json, journalEvent, kind.Writing);
        }

        json.Flush();

        if (redactor is not null && LineRedaction.Masked(bytes.AsSpan(Headroom, written - Headroom), redactor) is { } masked)
        {
            written = Headroom;
            masked.CopyTo(GetSpan(masked.Length));
            written += masked.Length;
        }

        GetSpan(1)[0] = (byte)'\n';
        written++;
    }

    private void Grow(int sizeHint)
    {
        if (bytes.Length - written < Math.Max(sizeHint, 1))
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, written + sizeHint));
        }
    }
}
