using IntegrationKit.Building;
using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Comparing;

/// <summary>Sets every test, and every issue, against a baseline. A test that did not run is never "fixed".</summary>
internal static class ReportComparison
{
    public static IntegrationReport Apply(IntegrationReport report, IntegrationReport baseline, RunHistory? history = null)
    {
        var pairs = new TestPairs(report, baseline);
        var earlier = history?.Before(report);
        var usual = new UsualDurations(pairs, earlier);
        var tests = report.TestResults.Tests.Select(test => test with { Baseline = State(test, pairs.Before(test), earlier, usual) }).ToList();
        var absent = Absent(report, pairs);
        var isPart = IsPart(report);
        return MarkIssues(report, baseline) with
        {
            Baseline = new Baseline(baseline.ReportId, baseline.RunId, baseline.StartedAt, baseline.TestEnvironment.Vcs?.Commit),
            TestResults = report.TestResults with { Tests = tests },
            TestsWritten = report.TestsWritten with
            {
                New = [.. tests.Where(t => t.Baseline!.State == "new").Select(t => t.TestId)],
                Removed = isPart ? [] : [.. absent.Select(t => new TestReference(t.TestId, t.Name))],
                NotSelected = isPart ? absent.Count : null,
            },
        };
    }

    public static IntegrationReport MarkIssues(IntegrationReport report, IntegrationReport baseline)
    {
        var known = baseline.Issues.Select(i => i.IssueId).ToHashSet(StringComparer.Ordinal);
        return report with { Issues = [.. report.Issues.Select(i => i with { BaselineState = known.Contains(i.IssueId) ? "unchanged" : "new" })] };
    }

    /// <summary>Less than the whole suite was asked for, or is here: what is absent may well exist.</summary>
    private static bool IsPart(IntegrationReport report) => report.TestScope is var scope
        && (scope.Selected.Of > scope.Selected.TestCases || scope.Filters.Query is not null || scope.Filters.Shard is not (null or "1/1")
            || report.Issues.Any(i => i.RuleId == "IK1006"));

    /// <summary>Tests of the baseline that are gone. A theory that the run did not come to hides its rows; they are not gone.</summary>
    private static List<TestResult> Absent(IntegrationReport report, TestPairs pairs)
    {
        var hidden = report.TestResults.Tests.Where(test => NeverStarted(test) && pairs.Before(test) is null).Select(Method).ToHashSet();
        return [.. pairs.Absent.Where(test => !hidden.Contains(Method(test)))];
    }

    private static (string Assembly, string ClassName, string? Method) Method(TestResult test) => (test.Assembly, test.ClassName, test.MethodName);

    private static bool NeverStarted(TestResult test) => test.RawStatus is NeverStartedTests.Interrupted or NeverStartedTests.NotReached;

    private static BaselineState State(TestResult now, TestResult? before, RunHistory? earlier, UsualDurations usual)
    {
        if (before is null)
        {
            return new BaselineState { State = NeverStarted(now) ? "not_comparable" : "new" };
        }

        var state = (Class(before.Status), Class(now.Status)) switch
        {
            (_, null) or (null, _) => "not_comparable",
            (true, true) => "unchanged",
            (true, false) => "regressed",
            (false, true) => "fixed",
            _ => before.Error?.Fingerprint == now.Error?.Fingerprint ? "still_failing" : "changed_failure",
        };
        return new BaselineState
        {
            State = state,
            PreviousStatus = before.Status,
            FailingFor = state is "still_failing" or "changed_failure" ? 1 + Math.Max(before.Baseline?.FailingFor ?? 1, earlier?.FailingFor(now.TestId) ?? 1) : null,
            DurationChange = state == "unchanged" ? usual.Of(now)?.Ratio : null,
        };
    }

    /// <summary>Passed, not passed, or neither because it did not run.</summary>
    private static bool? Class(string status) => status switch
    {
        TestStatus.Passed => true,
        TestStatus.Failed or TestStatus.Error => false,
        _ => null,
    };
}
