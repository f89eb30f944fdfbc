using IntegrationKit.Comparing;
using IntegrationKit.Journal;
using IntegrationKit.Model;
using IntegrationKit.Samples;

namespace IntegrationKit;

public sealed class ComparisonTests
{
    [Theory]
    [InlineData("passed", "failed", "regressed")]
    [InlineData("failed", "passed", "fixed")]
    [InlineData("failed", "failed", "still_failing")]
    [InlineData("passed", "passed", "unchanged")]
    [InlineData("failed", "skipped", "not_comparable")]
    [InlineData("skipped", "passed", "not_comparable")]
    [InlineData("passed", "error", "regressed")]
    public void A_test_stands_against_its_baseline(string before, string now, string state)
    {
        var report = ReportComparison.Apply(One(now), One(before));

        report.TestResults.Tests.Single().Baseline!.State.Should().Be(state);
    }

    [Fact]
    public void Another_error_at_the_same_test_is_a_changed_failure() =>
        ReportComparison.Apply(One("failed", "something else"), One("failed")).TestResults.Tests.Single().Baseline!.State.Should().Be("changed_failure");

    [Fact]
    public void A_test_far_beyond_its_usual_time_is_slower()
    {
        var history = RunHistory.Load("none");
        var usual = One("passed");
        for (var i = 0; i < 5; i++)
        {
            history.Add(usual with { ReportId = i.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        }

        var slow = usual with { TestResults = usual.TestResults with { Tests = [usual.TestResults.Tests[0] with { DurationUs = 600_000 }] } };

        ReportComparison.Apply(slow, usual, history).TestResults.Tests[0].Baseline!.DurationChange.Should().Be(50);
    }

    [Fact]
    public void Changing_its_mind_on_one_commit_is_flaky_and_three_failures_in_a_row_are_not()
    {
        var history = RunHistory.Load("none");
        foreach (var status in new[] { "passed", "failed", "passed" })
        {
            history.Add(Commit(One(status)));
        }

        history.Flaky().Should().ContainSingle();

        for (var i = 0; i < 3; i++)
        {
            history.Add(Commit(One("failed")));
        }

        history.Flaky().Should().BeEmpty();
        history.FailingFor(One("passed").TestResults.Tests[0].TestId).Should().Be(3);
    }

    private static IntegrationReport One(string status, string message = "bad")
    {
        using var run = new SampleRun();
        run.Finish(run.Start("A"), status, status is "failed" or "error" ? new TestError { Type = "X", Message = message } : null);
        return run.Done().Report();
    }

    private static IntegrationReport Commit(IntegrationReport report) =>
        report with { TestEnvironment = report.TestEnvironment with { Vcs = new SourceFacts(null, "abc", null) } };

    [Fact]
    public void A_finding_that_the_suite_accepts_is_marked_with_its_reason_and_an_expired_one_is_an_issue()
    {
        using var run = ShopRun.Record(accepts: [
            new FindingSuppressed { Rule = "IK1", Match = "DELETE *", Reason = "goes next week" },
            new FindingSuppressed { Rule = "IK8", Reason = "too late", Until = new DateOnly(2000, 1, 1) },
        ]);

        var report = run.Report();

        report.Recommendations.Where(r => r.RuleId == "IK1").Should().OnlyContain(r => (r.Suppressed != null) == r.Target.StartsWith("DELETE "))
            .And.Contain(r => r.Suppressed != null && r.Suppressed.Reason == "goes next week");
        report.Recommendations.Where(r => r.RuleId == "IK8").Should().OnlyContain(r => r.Suppressed == null);
        report.Issues.Should().ContainSingle(i => i.RuleId == "IK3009");
    }
}
