using System.Globalization;
using IntegrationKit.Building;
using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Model;
using IntegrationKit.Rules;
using IntegrationKit.Writers;

namespace IntegrationKit.Comparing;

/// <summary>What a run shows only beside earlier ones: tests that change their mind, and tests that take longer than usual.</summary>
internal sealed class EarlierRuns(IntegrationReport report, IntegrationReport? baseline, RunHistory? history)
{
    /// <summary>With more slow tests than this, the machine is slow.</summary>
    private const int SlowTestLimit = 20;

    private readonly FindingSink sink = new();

    public static IntegrationReport Apply(IntegrationReport report, IntegrationReport? baseline, RunHistory? history) =>
        baseline is null && history is null ? report : IssueList.Add(report, new EarlierRuns(report, baseline, history).Issues());

    /// <summary>The slowest in proportion first.</summary>
    public IReadOnlyList<Slowness> Slower()
    {
        var usual = new UsualDurations(baseline is null ? null : new TestPairs(report, baseline), history?.Before(report));
        return
        [
            .. report.TestResults.Tests.Select(usual.Of).OfType<Slowness>()
                .OrderByDescending(s => s.Ratio).ThenBy(s => s.Test.TestId, StringComparer.Ordinal).ThenBy(s => s.Test.TargetFramework, StringComparer.Ordinal),
        ];
    }

    /// <summary>Tests of this run that the history calls flaky, this run counted; a retry that passed has a finding of its own (IK20).</summary>
    public IReadOnlyList<(TestResult Test, Flips Flips)> Flaky()
    {
        if (history?.With(report).Flaky() is not { Count: > 0 } flaky)
        {
            return [];
        }

        return
        [
            .. report.TestResults.Tests.Where(t => !t.Flaky && t.Status is TestStatus.Passed or TestStatus.Failed or TestStatus.Error)
                .Where(t => flaky.ContainsKey(t.TestId)).DistinctBy(t => t.TestId, StringComparer.Ordinal).Select(t => (t, flaky[t.TestId])),
        ];
    }

    private List<Issue> Issues()
    {
        sink.CurrentRule = "IK3002";
        foreach (var (test, flips) in Flaky())
        {
            sink.IssueOfTest(test.TestId, (Level.Warning, Category.Reliability), $"{test.Name} is flaky over earlier runs", $"Changed {Text(flips)}.");
        }

        sink.CurrentRule = "IK3003";
        var slower = Slower();
        if (slower.Count > SlowTestLimit)
        {
            SlowRun(slower);
            return sink.Issues;
        }

        foreach (var slow in slower)
        {
            sink.IssueOfTest(slow.Test.TestId, (Level.Note, Category.Performance), $"{slow.Test.Name} is slower than usual", $"{Text(slow)}: {Times(slow)} times as long as usual.");
        }

        return sink.Issues;
    }

    public static string Text(Flips flips) => string.Create(CultureInfo.InvariantCulture, $"between passing and failing {flips.Count} times on commit {flips.Commit}");

    public static string Text(Slowness slow) => $"{DurationText.Of(slow.Test.DurationUs)} instead of {DurationText.Of(slow.UsualUs)}";

    private void SlowRun(IReadOnlyList<Slowness> slower)
    {
        var tests = new Tally();
        foreach (var slow in slower)
        {
            tests.Add(slow.Test.TestId);
        }

        sink.Issue(new IssueDraft
        {
            Level = Level.Note,
            Category = Category.Performance,
            Subject = "run",
            Title = $"{slower.Count} tests take longer than usual",
            Message = $"So many at once are more often the machine than the tests. Most of all: {string.Join(", ", slower.Take(5).Select(slow => $"{slow.Test.Name} ({Text(slow)})"))}.",
            Tests = tests,
        });
    }

    private static string Times(Slowness slow) => slow.Ratio.ToString(CultureInfo.InvariantCulture);
}
