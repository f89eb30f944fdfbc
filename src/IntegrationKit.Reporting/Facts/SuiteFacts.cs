using IntegrationKit.Journal;
using IntegrationKit.Observations;

namespace IntegrationKit.Facts;

/// <summary>Everything the journals prove, gathered. Rules and sections are functions of this and nothing else.</summary>
internal sealed class SuiteFacts
{
    public StringPool Pool { get; } = new();
    public List<RunFacts> Runs { get; } = [];
    public Dictionary<TestKey, TestFacts> Tests { get; } = [];
    public SortedDictionary<string, PointFacts> Points { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, EndpointFacts> Endpoints { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, TableFacts> Tables { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, ConstraintFacts> Constraints { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, ResourceReported> Resources { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, DatabaseReported> Databases { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, List<DatabaseReset>> Resets { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, ObservedIssue> ObservedIssues { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, LogFacts> Logs { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, Tally> UndeclaredHosts { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, UnmatchedFacts> UnmatchedRequests { get; } = new(StringComparer.Ordinal);
    /// <summary>Duplicate theory rows: test ids that had to be numbered.</summary>
    public SortedSet<string> DuplicateTests { get; } = new(StringComparer.Ordinal);
    /// <summary>Findings that the suite accepts, with the assembly that says so.</summary>
    public HashSet<(string Assembly, FindingSuppressed Suppression)> Suppressions { get; } = [];
    public Tally TestIdsWithObservations { get; } = new();
    /// <summary>Tests in which the database refused a statement of the application.</summary>
    public Tally TestIdsWithSqlErrors { get; } = new();
    public long UnattributedRequests { get; set; }
    public long UnattributedStatements { get; set; }
    public long UnattributedCalls { get; set; }
    public long UnattributedOther { get; set; }
    public long Redactions { get; set; }

    public PointFacts Point(string id)
    {
        if (!Points.TryGetValue(id, out var point))
        {
            Points[id] = point = new PointFacts(id);
        }

        return point;
    }

    public TestFacts? Test(string testId) => byId.GetValueOrDefault(testId);

    /// <summary>By id alone, for looking up evidence; two assemblies with the same id cannot occur, ids hash the assembly's name.</summary>
    private readonly Dictionary<string, TestFacts> byId = new(StringComparer.Ordinal);

    public TestFacts AddTest(TestKey key)
    {
        var test = new TestFacts(key);
        Tests.Add(key, test);
        byId.TryAdd(key.TestId, test);
        return test;
    }
}

internal sealed class ObservedIssue(IssueObserved first)
{
    public IssueObserved First { get; } = first;
    public Tally Tests { get; } = new();
    public SortedSet<string> Evidence { get; } = new(StringComparer.Ordinal);
}

internal sealed class LogFacts(LogWritten first)
{
    public LogWritten First { get; } = first;
    public Tally Tests { get; } = new();
}

internal sealed class UnmatchedFacts(MockServed first)
{
    public MockServed First { get; } = first;
    public Tally Tests { get; } = new();
}
