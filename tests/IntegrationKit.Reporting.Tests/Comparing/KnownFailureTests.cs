using IntegrationKit.Journal;
using IntegrationKit.Model;
using IntegrationKit.Samples;

namespace IntegrationKit.Comparing;

public sealed class KnownFailureTests : IDisposable
{
    private const string OneFrame = "   at Shop.Orders.Get(Int32 id)\n   at Shop.OrderTests.Any()";

    private readonly SampleRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void An_entry_for_one_test_of_a_cluster_hides_no_other()
    {
        Cluster("A", "B");

        var id = Failures(Report()).TestIds[0];

        Failures(Report(Known(id))).Suppressed.Should().BeNull();
        Failures(Report(Known("Shop.OrderTests.A"))).Suppressed.Should().BeNull();
    }

    [Fact]
    public void Entries_by_id_and_by_name_cover_a_cluster_together()
    {
        Cluster("A", "B1", "B2");
        var id = Failures(Report()).TestIds.Single(test => Name(test) == "Shop.OrderTests.A");

        var suppressed = Failures(Report(Known(id), Known("Shop.OrderTests.B*", owner: "bob"))).Suppressed;

        suppressed.Should().Be(new Suppression("ann, bob", "later", null));
    }

    [Fact]
    public void A_cluster_larger_than_its_list_of_tests_is_covered_by_all_of_them_and_not_by_those_listed()
    {
        Cluster([.. Enumerable.Range(0, 60).Select(i => $"Test_{i}")]);
        var listed = Failures(Report()).TestIds;

        Failures(Report([.. listed.Select(id => Known(id))])).Suppressed.Should().BeNull();
        Failures(Report(Known("Shop.OrderTests.Test_*"))).Suppressed.Should().NotBeNull();
    }

    [Theory]
    [InlineData("2 tests fail *")]
    [InlineData(null)]
    public void The_title_and_the_rule_alone_match_a_whole_cluster(string? match)
    {
        Cluster("A", "B");

        Failures(Report(Known(match))).Suppressed.Should().NotBeNull();
    }

    [Fact]
    public void A_name_matches_itself_whatever_characters_it_has()
    {
        Cluster("Row(path: \"C:\\\\new*\")");

        Failures(Report(Known("Shop.OrderTests.Row(path: \"C:\\\\new*\")"))).Suppressed.Should().NotBeNull();
    }

    [Theory]
    [InlineData(TestStatus.Failed, "assertion")]
    [InlineData(TestStatus.Error, "exception")]
    public void A_run_whose_only_failures_are_known_is_a_success_and_says_so(string status, string raw)
    {
        run.Pass("A");
        run.Fail("B", "bad", status: status, raw: raw);
        run.Done();

        var report = Report(Known("*.B"));

        report.Verdict.Status.Should().Be("success");
        report.Verdict.Reasons.Should().BeEmpty();
        report.TestResults.Tests.Single(test => test.MethodName == "B").Status.Should().Be(status);
        Read("report.md").Should().Contain("1 known failure does not count").And.Contain("known failure: later");
        Read("report.html").Should().Contain("1 known failure does not count").And.Contain("known failure");
    }

    [Fact]
    public void Failures_beside_known_ones_are_counted_without_them()
    {
        run.Fail("A", "bad");
        run.Fail("B", "worse");
        run.Fail("C", "broken", status: TestStatus.Error, raw: "exception");
        run.Done();

        var report = Report(Known("*.A"), Known("*.C"));

        report.Verdict.Status.Should().Be("failure");
        report.Verdict.Reasons.Should().Equal(new VerdictReason("IK3001", "failed test", 1));
        Gates.Check(report, new GateOptions()).Should().Equal("verdict failure: 1 failed test");
    }

    [Fact]
    public void A_failed_fixture_is_no_known_failure_of_its_tests()
    {
        var error = new TestError { Type = "X", Message = "no database" };
        run.Publish(new FixtureFailed { Scope = "assembly", Name = "ShopFixture", Phase = "initialize", Error = error });
        run.Finish(run.Start("A"), TestStatus.Error, error, "fixture_failed");
        run.Done();

        Report(Known(null)).Verdict.Should().BeEquivalentTo(Report().Verdict).And.Match<Verdict>(verdict => verdict.Status == "failure");
    }

    [Fact]
    public void An_aborted_run_stays_aborted()
    {
        run.Fail("A", "bad");
        run.Start("B");
        run.Abandon();

        var verdict = Report(Known("*")).Verdict;

        verdict.Status.Should().Be("aborted");
        verdict.Reasons.Select(reason => reason.RuleId).Should().Equal("IK1001");
    }

    [Fact]
    public void What_the_suite_accepts_by_attribute_counts_together_with_the_file()
    {
        run.Publish(new FindingSuppressed { Rule = "IK3001", Match = "Shop.OrderTests.A", Reason = "in code" });
        Cluster("A", "B");

        Report().Verdict.Should().Match<Verdict>(verdict => verdict.Status == "failure" && verdict.Reasons[0].Count == 1);
        var both = Report(Known("Shop.OrderTests.B"));
        both.Verdict.Status.Should().Be("success");
        Failures(both).Suppressed.Should().Be(new Suppression("Shop.IntegrationTests, ann", "in code; later", null));
    }

    [Fact]
    public void An_entry_whose_tests_all_pass_can_go()
    {
        run.Pass("A1");
        run.Pass("A2");
        run.Pass("B1");
        run.Fail("B2", "bad");
        run.Pass("C1");
        run.Finish(run.Start("C2"), TestStatus.Skipped, raw: "later");
        run.Done();

        var report = Report(Known("*.A?"), Known("*.B?"), Known("*.C?"), Known("*.Elsewhere"), Known("*.A1", rule: "IK20"));

        var issue = report.Issues.Should().ContainSingle(i => i.RuleId == "IK3010").Which;
        issue.Level.Should().Be("note");
        issue.Title.Should().Be("Known failure *.A? passes");
        issue.Message.Should().Be("2 tests that it matches ran and all passed: take it off the list (owner ann: later).");
        issue.TestIds.Should().HaveCount(2);
        report.Rules.Should().ContainSingle(rule => rule.Id == "IK3010");
    }

    [Fact]
    public void A_test_that_passed_only_in_a_retry_is_still_a_known_failure()
    {
        run.Finish(run.Start("A"), TestStatus.Failed, new TestError { Type = "X", Message = "first" }, "assertion");
        run.Finish(run.Start("A", attempt: 2));
        run.Done();

        Report(Known("*.A")).Issues.Should().NotContain(issue => issue.RuleId == "IK3010");
    }

    [Fact]
    public void An_expired_entry_counts_for_nothing_and_closes_the_gate()
    {
        run.Pass("A");
        run.Fail("B", "bad");
        run.Done();

        var report = Report(Known("*.A", until: new DateOnly(2000, 1, 1)), Known("*.B", until: new DateOnly(2000, 1, 1)));

        report.Verdict.Status.Should().Be("failure");
        report.Issues.Where(issue => issue.RuleId == "IK3009").Should().HaveCount(2).And.OnlyContain(issue => issue.Level == "error");
        report.Issues.Should().NotContain(issue => issue.RuleId == "IK3010");
        report.Rules.Should().ContainSingle(rule => rule.Id == "IK3009");
        Gates.Check(report, new GateOptions()).Should().Equal("verdict failure: 1 failed test", "expired known failures: 2");
    }

    private void Cluster(params string[] names)
    {
        foreach (var name in names)
        {
            run.Fail(name, "Order not found", stack: OneFrame);
        }

        run.Done();
    }

    private IntegrationReport Report(params KnownFailure[] known) => run.Report(new ReportOptions { KnownFailures = known });

    private string Name(string testId) => Report().TestResults.Tests.Single(test => test.TestId == testId).Name;

    private string Read(string file) => File.ReadAllText(Path.Combine(run.Folder, "out", file));

    private static Issue Failures(IntegrationReport report) => report.Issues.Should().ContainSingle(issue => issue.RuleId == "IK3001").Which;

    private static KnownFailure Known(string? match, string owner = "ann", string rule = "IK3001", DateOnly? until = null) =>
        new() { Rule = rule, Match = match, Owner = owner, Reason = "later", Until = until };
}
