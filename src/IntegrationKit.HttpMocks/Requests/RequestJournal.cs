namespace IntegrationKit.Requests;

/// <summary>The last requests of one scope, bounded in number and size. Thread-safe.</summary>
internal sealed class RequestJournal(JournalLimits limits)
{
    private readonly Lock gate = new();
    private readonly Queue<LoggedRequest> entries = new();
    private long dropped;

    /// <summary>Requests that were dropped because the journal was full.</summary>
    public long Dropped => Volatile.Read(ref dropped);

    public IReadOnlyList<LoggedRequest> All
    {
        get
        {
            lock (gate)
            {
                return [.. entries];
            }
        }
    }

    public void Add(LoggedRequest entry)
    {
        lock (gate)
        {
            entries.Enqueue(entry);
            while (entries.Count > limits.Entries)
            {
                entries.Dequeue();
                dropped++;
            }
        }
    }

    public void Remove(Func<LoggedRequest, bool> which)
    {
        lock (gate)
        {
            var kept = entries.Where(entry => !which(entry)).ToArray();
            entries.Clear();
            foreach (var entry in kept)
            {
                entries.Enqueue(entry);
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            entries.Clear();
        }
    }

    /// <summary>The request as it is kept: with at most so much body.</summary>
    public LoggedRequest Entry(MockRequest request, Stubs.Stub? stub) => request.Body.Bytes.Length <= limits.BodyBytes
        ? new(request, stub)
        : new(request.WithBody(request.Body.Bytes[..limits.BodyBytes]), stub) { BodyCut = true };
}
