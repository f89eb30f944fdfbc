using System.Buffers;

namespace IntegrationKit.Journal;

/// <summary>
/// Appends events to a file with one unbuffered write per line, so that a killed process loses at most a torn last line.
/// Thread-safe.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly Lock gate = new();
    private readonly ArrayBufferWriter<byte> buffer = new(4096);
    private readonly FileStream file;
    private long sequence;
    private bool closed;

    public JournalWriter(string path)
    {
        Path = path;
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        file = new FileStream(path, options);
    }

    public string Path { get; }

    public void Append(JournalEvent journalEvent, long atUs)
    {
        lock (gate)
        {
            if (closed)
            {
                return;
            }

            journalEvent.Sequence = ++sequence;
            journalEvent.AtUs = atUs;
            buffer.ResetWrittenCount();
            JournalLine.Write(journalEvent, buffer);
            file.Write(buffer.WrittenSpan);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            file.Dispose();
        }
    }
}
