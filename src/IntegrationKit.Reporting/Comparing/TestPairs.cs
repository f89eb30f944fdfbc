using IntegrationKit.Model;

namespace IntegrationKit.Comparing;

/// <summary>Which tests of a report and of its baseline are one test.</summary>
internal sealed class TestPairs
{
    private readonly string? thisFramework;
    private readonly string? thatFramework;
    private readonly IReadOnlyList<TestResult> baseline;
    private readonly Dictionary<(string, string?, string), TestResult> before;
    private readonly HashSet<(string, string?, string)> now;

    public TestPairs(IntegrationReport report, IntegrationReport baseline)
    {
        thisFramework = Framework(report);
        thatFramework = Framework(baseline);
        this.baseline = baseline.TestResults.Tests;
        before = this.baseline.ToDictionary(test => Key(test, thatFramework));
        now = report.TestResults.Tests.Select(test => Key(test, thisFramework)).ToHashSet();
    }

    public TestResult? Before(TestResult test) => before.GetValueOrDefault(Key(test, thisFramework));

    /// <summary>Tests of the baseline that the report does not have.</summary>
    public IEnumerable<TestResult> Absent => baseline.Where(test => !now.Contains(Key(test, thatFramework)));

    private static (string, string?, string) Key(TestResult test, string? framework) => (test.Assembly, test.TargetFramework ?? framework, test.TestId);

    /// <summary>Tests name their framework only where shards ran on several.</summary>
    private static string? Framework(IntegrationReport report) => report.Shards.Select(shard => shard.TargetFramework).Distinct(StringComparer.Ordinal).FirstOrDefault();
}
