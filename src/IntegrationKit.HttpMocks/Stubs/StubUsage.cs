namespace IntegrationKit.Stubs;

/// <summary>
/// How often a declared stub answered and how often it should have. One declaration may be several mappings (replies in
/// sequence); they share this. Thread-safe.
/// </summary>
internal sealed class StubUsage(string title)
{
    private int hits;

    public string Title { get; set; } = title;

    public int Hits => Volatile.Read(ref hits);

    /// <summary>Null: at least once.</summary>
    public Called? Expected { get; set; }

    /// <summary>Not being called is no failure.</summary>
    public bool Optional { get; set; }

    public void Hit() => Interlocked.Increment(ref hits);

    public void Reset() => Interlocked.Exchange(ref hits, 0);
}
