using System.Collections.Concurrent;
using IntegrationKit.Scoping;

namespace IntegrationKit.Observing;

/// <summary>The statements of the test that holds a lane, for query counts and repeated-query findings. Thread-safe.</summary>
internal sealed class StatementLog
{
    /// <summary>More than any sane test sends; beyond it only the count goes on.</summary>
    private const int Limit = 5000;

    private readonly ConcurrentQueue<LoggedStatement> statements = new();
    private int count;

    public int Count => Volatile.Read(ref count);

    public IReadOnlyList<LoggedStatement> All => [.. statements];

    public void Add(string text, Attribution whose)
    {
        if (Interlocked.Increment(ref count) <= Limit)
        {
            statements.Enqueue(new LoggedStatement(text, whose.Test, whose.Origin));
        }
    }

    public void Clear()
    {
        statements.Clear();
        Interlocked.Exchange(ref count, 0);
    }
}

internal sealed record LoggedStatement(string Text, string? Test, string Origin);
