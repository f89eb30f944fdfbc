using System.Collections.Concurrent;

namespace IntegrationKit.Observing;

/// <summary>Transactions of the test that holds a lane. Thread-safe.</summary>
internal sealed class TransactionLog
{
    private readonly ConcurrentDictionary<int, bool> heard = new();
    private int committed;
    private int rolledBack;

    public int Committed => Volatile.Read(ref committed);

    public int RolledBack => Volatile.Read(ref rolledBack);

    public void Add(string outcome)
    {
        if (outcome == "committed")
        {
            Interlocked.Increment(ref committed);
        }
        else
        {
            Interlocked.Increment(ref rolledBack);
        }
    }

    /// <summary>Npgsql's log has told how the last transaction of this connection ended.</summary>
    /// <param name="process">The server's process, which names a connection in log entries.</param>
    public void Hear(int process) => heard[process] = true;

    /// <summary>True, once, when the end of the connection's last transaction was heard already.</summary>
    public bool TakeHeard(int process) => heard.TryRemove(process, out _);

    public void Clear()
    {
        (committed, rolledBack) = (0, 0);
        heard.Clear();
    }
}
