using IntegrationKit.Journal;

namespace IntegrationKit.Facts;

/// <summary>
/// The stubs of a mock over all its scopes. Stubs of a test count each time; shared ones are reported by every shard and
/// every attempt, and one of them is used when any of these used it.
/// </summary>
internal sealed class StubFacts
{
    private readonly SortedDictionary<int, SharedStubs> shared = [];
    private readonly SortedSet<string> unusedOfTests = new(StringComparer.Ordinal);
    private int defined;
    private int used;

    public int Defined => defined + shared.Keys.Sum();

    public int Used => used + shared.Sum(stubs => stubs.Key - stubs.Value.Unused.Count - stubs.Value.Optional);

    public IReadOnlyList<string> Unused => [.. shared.Values.SelectMany(stubs => stubs.Unused).Concat(unusedOfTests).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public void Add(StubsReported reported)
    {
        if (reported.Test is not null)
        {
            defined += reported.Defined;
            used += reported.Used;
            unusedOfTests.UnionWith(reported.Unused ?? []);
            return;
        }

        // The same number is taken for the same stubs: a mock of this name with other stubs has its own entry.
        var unused = reported.Unused ?? [];
        var optional = reported.Defined - reported.Used - unused.Count;
        if (!shared.TryGetValue(reported.Defined, out var known))
        {
            shared[reported.Defined] = new SharedStubs(new SortedSet<string>(unused, StringComparer.Ordinal), optional);
            return;
        }

        known.Unused.IntersectWith(unused);
        shared[reported.Defined] = known with { Optional = Math.Min(known.Optional, optional) };
    }

    private sealed record SharedStubs(SortedSet<string> Unused, int Optional);
}
