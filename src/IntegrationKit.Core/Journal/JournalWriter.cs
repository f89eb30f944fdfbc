using IntegrationKit.Redaction;

namespace IntegrationKit.Journal;

/// <summary>
/// Appends events to a file with one unbuffered write per line, so that a killed process loses at most a torn last line.
/// Thread-safe.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly Lock gate = new();
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

    /// <summary>
    /// The redactor looks at the finished line once more, so that no field of any event is forgotten. After
    /// <see cref="RunFinished"/> nothing is written any more: a journal that ends otherwise is one of an interrupted run.
    /// </summary>
    public void Append(JournalEvent journalEvent, long atUs, Redactor? redactor = null)
    {
        var buffer = LineBuffer.Of(journalEvent, redactor);
        lock (gate)
        {
            if (!closed)
            {
                file.Write(buffer.Line(++sequence, atUs));
                closed = journalEvent is RunFinished;
            }
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
