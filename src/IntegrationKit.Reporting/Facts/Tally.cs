using IntegrationKit.Model;

namespace IntegrationKit.Facts;

/// <summary>Counts occurrences and the tests they happened in.</summary>
internal sealed class Tally
{
    private readonly HashSet<string> tests = new(StringComparer.Ordinal);

    public long Calls { get; private set; }

    public int TestCount => tests.Count;

    public IEnumerable<string> Tests => tests.Order(StringComparer.Ordinal);

    public void Add(string? testId, long calls = 1)
    {
        Calls += calls;
        if (testId is not null)
        {
            tests.Add(testId);
        }
    }

    public void Add(Tally other)
    {
        Calls += other.Calls;
        tests.UnionWith(other.tests);
    }

    public bool Contains(string testId) => tests.Contains(testId);

    public IReadOnlyList<string> First(int limit) => [.. Tests.Take(limit)];

    public Exercise ToExercise(int limit) => Calls == 0 ? Exercise.None : new Exercise(Calls, tests.Count, First(limit));
}
