using IntegrationKit.Mappings;

namespace IntegrationKit.Stubs;

/// <summary>A mapping in a table: its place in the order of asking, and how often it was used.</summary>
internal sealed class Stub(StubMapping mapping, long order, StubUsage usage)
{
    /// <summary>The order of asking: low priority numbers first; among equals the newest first.</summary>
    public static readonly IComparer<Stub> Order = Comparer<Stub>.Create(Compare);

    public StubMapping Mapping => mapping;

    public StubUsage Usage => usage;

    public string IdText { get; } = mapping.Id.ToString();

    /// <summary>Code that answers instead of <see cref="StubMapping.Response"/>.</summary>
    public Func<CapturedRequest, (int Status, object? Json)>? Callback { get; init; }

    /// <summary>The answer, when it is the same for every request.</summary>
    public Responding.Answer? FixedAnswer { get; set; }

    private long Age => order;

    private static int Compare(Stub left, Stub right)
    {
        var byPriority = left.Mapping.Priority.CompareTo(right.Mapping.Priority);
        return byPriority != 0 ? byPriority : right.Age.CompareTo(left.Age);
    }
}
