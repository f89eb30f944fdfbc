namespace IntegrationKit.Observing;

/// <summary>Transactions of the test that holds a lane. Thread-safe.</summary>
internal sealed class TransactionLog
{
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

    public void Clear() => (committed, rolledBack) = (0, 0);
}
