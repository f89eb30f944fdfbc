using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IntegrationKit.Journal;

/// <summary>
/// The bytes of a line in the making. Most texts of a journal are plain ASCII, and for those this is a loop over their
/// characters; all others go through the JSON writer, which brings the same bytes. Not thread-safe.
/// </summary>
internal sealed class LineText : IBufferWriter<byte>, IDisposable
{
    private const int Small = 4096;
    private const int Kept = 1024 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Utf8JsonWriter json;
    private byte[] bytes = new byte[Small];
    private int written;

    public LineText() => json = new Utf8JsonWriter(this, Options);

    public int Length => written;

    /// <summary>What is written, with room behind it; another array when that is used up.</summary>
    public byte[] Bytes => bytes;

    /// <summary>For what is left to the serialiser: flush it before anything else is written.</summary>
    public Utf8JsonWriter Json
    {
        get
        {
            json.Reset(this);
            return json;
        }
    }

    /// <summary>Begins anew after so many bytes, which are left as they are.</summary>
    public void Restart(int length)
    {
        if (bytes.Length > Kept)
        {
            bytes = new byte[Small];
        }

        written = length;
    }

    public void Raw(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(GetSpan(utf8.Length));
        written += utf8.Length;
    }

    /// <summary>What the format itself says: short, so a loop is quicker than a call of the runtime.</summary>
    public void Label(ReadOnlySpan<byte> label)
    {
        Grow(label.Length);
        var target = bytes;
        var end = written;
        for (var i = 0; i < label.Length; i++)
        {
            target[end + i] = label[i];
        }

        written = end + label.Length;
    }

    /// <summary>A JSON string, or null for what somebody's code gave us in spite of its type.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Raw("null"u8);
            return;
        }

        Grow(value.Length + 2);
        var target = bytes;
        var end = written;
        target[end++] = (byte)'"';
        foreach (var character in value)
        {
            if (character is < ' ' or > '~' or '"' or '\\')
            {
                Escaped(value);
                return;
            }

            target[end++] = (byte)character;
        }

        target[end++] = (byte)'"';
        written = end;
    }

    public void Number(long value)
    {
        Grow(20);
        if (value < 0)
        {
            Utf8Formatter.TryFormat(value, bytes.AsSpan(written), out var length);
            written += length;
            return;
        }

        var digits = 1;
        for (var rest = value / 10; rest > 0; rest /= 10)
        {
            digits++;
        }

        written += digits;
        Before(bytes, written, value);
    }

    /// <summary>Writes the digits of a number that is not negative so that they end there, and says where they begin.</summary>
    public static int Before(byte[] line, int end, long number)
    {
        do
        {
            line[--end] = (byte)('0' + number % 10);
            number /= 10;
        }
        while (number > 0);
        return end;
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

    private void Escaped(string value)
    {
        var writer = Json;
        writer.WriteStringValue(value);
        writer.Flush();
    }

    private void Grow(int sizeHint)
    {
        if (bytes.Length - written < Math.Max(sizeHint, 1))
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, written + sizeHint));
        }
    }
}
