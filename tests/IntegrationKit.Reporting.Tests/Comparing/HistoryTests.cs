using System.Globalization;
using IntegrationKit.Model;
using IntegrationKit.Samples;
using TestResult = IntegrationKit.Model.TestResult;

namespace IntegrationKit.Comparing;

public sealed class HistoryTests : IDisposable
{
    private readonly SampleRun run = new();
    private readonly RunHistory history = RunHistory.Load("none");
    private IntegrationReport report;

    public HistoryTests()
    {
        run.Pass("A");
        run.Pass("B");
        report = Commit(run.Done().Report());
    }

    public void Dispose() => run.Dispose();

    [Fact]
    public void A_test_that_changes_its_mind_on_one_commit_is_flaky_with_the_current_run_counted_once()
    {
        Earlier("passed");
        Earlier("failed");

        var issue = Finished().Issues.Should().ContainSingle(i => i.RuleId == "IK3002").Which;

        issue.Should().Match<Issue>(i => i.Level == "warning" && i.Category == "reliability");
        issue.TestIds.Should().Equal(Test.TestId);
        issue.Title.Should().Be("Shop.OrderTests.A is flaky over earlier runs");
        issue.Message.Should().Be("Changed between passing and failing 2 times on commit abc.");
        Finished().Rules.Should().ContainSingle(rule => rule.Id == "IK3002");
        history.Add(report);
        Finished().Issues.Single(i => i.RuleId == "IK3002").Message.Should().Be(issue.Message);
    }

    [Fact]
    public void Other_commits_retries_and_tests_that_did_not_run_are_not_flaky_over_earlier_runs()
    {
        Earlier("passed", "another");
        Earlier("failed");
        Finished().Issues.Should().NotContain(i => i.RuleId == "IK3002");

        Earlier("passed");
        Earlier("failed");
        Finished().Issues.Should().ContainSingle(i => i.RuleId == "IK3002");
        report = With(Test with { Flaky = true });
        Finished().Issues.Should().NotContain(i => i.RuleId == "IK3002");
        report = With(Test with { Flaky = false, Status = "skipped" });
        Finished().Issues.Should().NotContain(i => i.RuleId == "IK3002");
    }

    [Fact]
    public void A_test_far_beyond_the_time_of_earlier_runs_is_slower_without_a_baseline()
    {
        for (var i = 0; i < 4; i++)
        {
            Earlier("passed");
        }

        report = With(Test with { DurationUs = 600_000 });
        Finished().Issues.Should().NotContain(i => i.RuleId == "IK3003", "four samples say nothing");

        Earlier("passed");
        var slow = Finished();

        var issue = slow.Issues.Should().ContainSingle(i => i.RuleId == "IK3003").Which;
        issue.Should().Match<Issue>(i => i.Level == "note" && i.Category == "performance" && i.TestIds[0] == Test.TestId);
        issue.Message.Should().Be("600 ms instead of 12 ms: 50 times as long as usual.");
        slow.TestResults.Tests.Should().OnlyContain(test => test.Baseline == null);
        Normalizer.Apply(slow).Issues.Should().NotContain(i => i.RuleId == "IK3003");
    }

    [Fact]
    public void A_test_far_beyond_the_time_of_the_baseline_is_slower_and_is_shown_so()
    {
        var baseline = report;
        report = With(Test with { DurationUs = 600_000 });

        var slow = new ReportOptions { Baseline = baseline }.Finish(report);

        slow.Issues.Should().ContainSingle(i => i.RuleId == "IK3003").Which.Message.Should().Be("600 ms instead of 12 ms: 50 times as long as usual.");
        Writers.MarkdownWriter.Compose(slow, 64 * 1024).Should().Contain("Slower than usual: Shop.OrderTests.A × 50.");
    }

    [Fact]
    public void A_slow_machine_is_one_finding()
    {
        report = With([.. Enumerable.Range(0, 60).Select(i => Test with { TestId = $"t1-{(char)('a' + (i / 10))}{(char)('a' + (i % 10))}", DurationUs = 12_000 })]);
        var baseline = report;
        report = With([.. report.TestResults.Tests.Select((test, i) => test with { DurationUs = 600_000 + (i * 1_000) })]);

        var slow = new ReportOptions { Baseline = baseline }.Finish(report);

        slow.Issues.Should().ContainSingle(i => i.RuleId == "IK3003").Which.Title.Should().Be("60 tests take longer than usual");
    }

    [Fact]
    public void A_run_that_the_history_already_holds_is_not_its_own_past()
    {
        for (var i = 0; i < 5; i++)
        {
            Earlier("failed");
        }

        report = With(Test with { Status = "failed" });
        history.Add(report);

        new ReportOptions { Baseline = report, History = history }.Finish(report).TestResults.Tests[0].Baseline!.FailingFor.Should().Be(6);
    }

    [Fact]
    public void What_earlier_runs_show_can_be_accepted_in_code_and_stands_against_the_baseline()
    {
        using var accepting = new SampleRun(commit: "abc");
        accepting.Publish(new Journal.FindingSuppressed { Rule = "IK3002", Match = "Shop.OrderTests.A", Reason = "the clock" });
        accepting.Pass("A");
        accepting.Done();
        Earlier("passed");
        Earlier("failed");

        var issue = accepting.Report(new ReportOptions { History = history, Baseline = report }).Issues.Should().ContainSingle(i => i.RuleId == "IK3002").Which;

        issue.Suppressed!.Reason.Should().Be("the clock");
        issue.BaselineState.Should().Be("new");
    }

    private TestResult Test => report.TestResults.Tests[0];

    private IntegrationReport Finished() => new ReportOptions { History = history }.Finish(report);

    private void Earlier(string status, string commit = "abc")
    {
        var id = (history.Count + 1).ToString(CultureInfo.InvariantCulture);
        history.Add(Commit(With(Test with { Status = status, DurationUs = 12_000 }), commit) with { ReportId = id });
    }

    private IntegrationReport With(params TestResult[] tests) =>
        report with { TestResults = report.TestResults with { Tests = tests.Length == 1 ? [tests[0], .. report.TestResults.Tests.Skip(1)] : tests } };

    private static IntegrationReport Commit(IntegrationReport report, string commit = "abc") =>
        report with { TestEnvironment = report.TestEnvironment with { Vcs = new SourceFacts(null, commit, null) } };
}
