namespace IntegrationKit;

/// <summary>How often a request is expected. Immutable.</summary>
public sealed class Called
{
    private readonly int least;
    private readonly int most;

    private Called(int least, int most)
    {
        this.least = least;
        this.most = most;
    }

    /// <summary>Not at all.</summary>
    public static Called Never { get; } = new(0, 0);

    /// <summary>Exactly once.</summary>
    public static Called Once { get; } = new(1, 1);

    /// <summary>Once or more often.</summary>
    public static Called AtLeastOnce { get; } = new(1, int.MaxValue);

    /// <summary>Exactly so often.</summary>
    public static Called Times(int count) => new(count, count);

    /// <summary>So often or more often.</summary>
    public static Called AtLeast(int count) => new(count, int.MaxValue);

    /// <summary>So often or less often, possibly not at all.</summary>
    public static Called AtMost(int count) => new(0, count);

    internal bool Accepts(int count) => count >= least && count <= most;

    /// <summary>In words, for messages.</summary>
    public override string ToString() => (least, most) switch
    {
        (0, 0) => "no call",
        (1, 1) => "exactly one call",
        var (a, b) when a == b => $"exactly {a} calls",
        (1, int.MaxValue) => "at least one call",
        (_, int.MaxValue) => $"at least {least} calls",
        (0, _) => $"at most {most} calls",
        _ => $"{least} to {most} calls",
    };
}
