using IntegrationKit.Journal;
using IntegrationKit.Samples;

namespace IntegrationKit;

public sealed class VerdictTests
{
    [Fact]
    public void A_run_of_passing_tests_is_a_success()
    {
        using var run = new SampleRun();
        run.Pass("A");
        run.Done();

        run.Report().Verdict.Status.Should().Be("success");
    }

    [Fact]
    public void A_failed_migration_is_one_issue_of_the_environment()
    {
        using var run = new SampleRun();
        var error = new TestError { Type = "Npgsql.PostgresException", Message = "42P01: relation \"orders\" does not exist" };
        run.Publish(new FixtureFailed { Scope = "assembly", Name = "ShopFixture", Phase = "initialize", Error = error });
        for (var i = 0; i < 40; i++)
        {
            var test = run.Start($"Test_{i}");
            run.Finish(test, TestStatus.Error, error, "fixture_failed");
        }

        run.Done();

        var report = run.Report();

        report.Verdict.Status.Should().Be("failure");
        var issue = report.Issues.Should().ContainSingle().Subject;
        issue.Category.Should().Be("environment");
        issue.Title.Should().Be("ShopFixture could not be set up: 40 tests could not run");
        issue.TestIds.Should().HaveCount(40);
    }

    [Theory]
    [InlineData(TestStatus.Passed, "success", "warning")]
    [InlineData(TestStatus.Error, "failure", "error")]
    public void A_fixture_that_recovers_in_a_retry_is_flaky_and_no_failure(string secondAttempt, string verdict, string level)
    {
        using var run = new SampleRun();
        var error = new TestError { Type = "System.TimeoutException", Message = "the broker did not answer" };
        run.Publish(new FixtureFailed { Scope = "class", Name = "ShopFixture", Phase = "initialize", Error = error });
        run.Finish(run.Start("A"), TestStatus.Error, error, "fixture_failed");
        run.Finish(run.Start("A", attempt: 2), secondAttempt, secondAttempt == TestStatus.Passed ? null : error, secondAttempt == TestStatus.Passed ? "passed" : "fixture_failed");
        run.Done();

        var report = run.Report();

        report.Verdict.Status.Should().Be(verdict);
        report.Issues.Should().ContainSingle(issue => issue.RuleId == "IK2001").Which.Level.Should().Be(level);
        report.TestResults.Tests.Should().ContainSingle().Which.Flaky.Should().Be(secondAttempt == TestStatus.Passed);
    }

    [Fact]
    public void A_cleanup_failure_makes_a_green_run_red()
    {
        using var run = new SampleRun();
        run.Pass("A");
        run.Publish(new FixtureFailed { Scope = "class", Name = "ShopFixture", Phase = "cleanup", Error = new TestError { Type = "System.IO.IOException", Message = "busy" } });
        run.Done();

        var report = run.Report();

        report.Verdict.Status.Should().Be("failure");
        report.Issues.Should().ContainSingle().Which.Title.Should().Contain("could not be cleaned up");
    }

    [Fact]
    public void An_interrupted_run_names_what_was_in_flight_and_what_never_ran()
    {
        using var run = new SampleRun();
        run.Publish(new TestCasePlanned { CaseId = "c1", Name = "Shop.OrderTests.A", ClassName = "Shop.OrderTests", MethodName = "A" });
        run.Publish(new TestCasePlanned { CaseId = "c2", Name = "Shop.OrderTests.B", ClassName = "Shop.OrderTests", MethodName = "B" });
        run.Publish(new TestCasePlanned { CaseId = "c3", Name = "Shop.OrderTests.C", ClassName = "Shop.OrderTests", MethodName = "C" });
        run.Finish(run.Start("A", caseId: "c1"));
        run.Start("B", caseId: "c2");
        run.Abandon();

        var report = run.Report();

        report.Verdict.Status.Should().Be("aborted");
        report.TestResults.Tests.Select(t => (t.MethodName, t.Status, t.RawStatus)).Should().Equal(
            ("A", "passed", null), ("B", "error", "in_flight"), ("C", "not_run", "aborted"));
        report.Issues.Should().ContainSingle(i => i.RuleId == "IK1001").Which.Evidence.Should().ContainSingle(e => e.Contains("Shop.OrderTests.B"));
    }

    [Theory]
    [InlineData(TestStatus.Passed, "aborted")]
    [InlineData(TestStatus.Failed, "failure")]
    public void A_run_that_the_runner_ended_early_names_what_never_started(string status, string verdict)
    {
        using var run = new SampleRun();
        run.Publish(new RunPlanned { TestCases = 3 });
        run.Publish(new TestCasePlanned { CaseId = "1", Name = "Shop.OrderTests.A", ClassName = "Shop.OrderTests", MethodName = "A" });
        run.Publish(new TestCasePlanned { CaseId = "2", Name = "Shop.OrderTests.B", ClassName = "Shop.OrderTests", MethodName = "B" });
        run.Publish(new TestCasePlanned { CaseId = "3", Name = "Shop.OrderTests.C(n: 1)", ClassName = "Shop.OrderTests", MethodName = "C", TestId = "t1-row" });
        run.Finish(run.Start("A", caseId: "1"), status, status == TestStatus.Failed ? new TestError { Type = "X", Message = "bad" } : null);
        run.Done();

        var report = run.Report();

        report.Verdict.Status.Should().Be(verdict);
        report.Verdict.Reasons.Should().Contain(new Model.VerdictReason("IK1004", "planned tests that never started", 2));
        report.TestResults.Tests.Select(t => (t.MethodName, t.Status, t.RawStatus)).Should().Equal(
            ("A", status, null), ("B", "not_run", "not_started"), ("C", "not_run", "not_started"));
        report.TestResults.Tests[2].TestId.Should().Be("t1-row");
        report.Issues.Should().ContainSingle(i => i.RuleId == "IK1004").Which.Evidence.Should().Equal("Shop.OrderTests.B", "Shop.OrderTests.C(n: 1)");
    }

    /// <summary>Else whatever a framework makes of the cases it was given would look like tests that never ran.</summary>
    [Fact]
    public void A_framework_that_runs_other_cases_than_planned_has_left_none_out()
    {
        using var run = new SampleRun();
        run.Publish(new RunPlanned { TestCases = 1 });
        run.Publish(new TestCasePlanned { CaseId = "1", Name = "Shop.OrderTests.A", ClassName = "Shop.OrderTests", MethodName = "A" });
        run.Publish(new TestCasePlanned { CaseId = "2", Name = "Shop.OrderTests.A as another", ClassName = "Shop.OrderTests", MethodName = "A" });
        run.Finish(run.Start("A", caseId: "2"));
        run.Done();

        run.Report().Verdict.Status.Should().Be("success");
    }

    /// <summary>A comparison then knows the test that did not run again.</summary>
    [Fact]
    public void A_test_that_never_started_has_the_id_it_has_when_it_runs()
    {
        using var run = new SampleRun();
        run.Publish(new TestCasePlanned { CaseId = "1", Name = "Shop.OrderTests.A", ClassName = "Shop.OrderTests", MethodName = "A" });
        run.Abandon();

        run.Report().TestResults.Tests.Should().ContainSingle().Which.TestId.Should()
            .Be(Identity.TestIds.For("Shop.IntegrationTests", "Shop.OrderTests", "A()", []));
    }

    [Fact]
    public void An_interrupted_run_names_all_that_was_in_flight_however_many()
    {
        using var run = new SampleRun();
        for (var i = 0; i < 300; i++)
        {
            run.Start($"Test_{i}");
        }

        run.Abandon();

        var report = run.Report();

        report.Issues.Should().ContainSingle(i => i.RuleId == "IK1001").Which.TestIds
            .Should().BeEquivalentTo(report.TestResults.Tests.Where(test => test.RawStatus == "in_flight").Select(test => test.TestId))
            .And.HaveCount(300);
    }

    [Fact]
    public void A_torn_last_line_loses_nothing_else()
    {
        using var run = new SampleRun();
        run.Pass("A");
        run.Start("B");
        run.Abandon();
        File.AppendAllText(run.Journal, "{\"e\":\"test.finished\",\"seq\":99,\"exec");

        var report = run.Report();

        report.TestResults.Tests.Select(t => t.Status).Should().Equal("passed", "error");
        report.Issues.Should().NotContain(i => i.RuleId == "IK1005");
    }

    [Fact]
    public void A_run_without_tests_fails_unless_allowed()
    {
        using var run = new SampleRun();
        run.Publish(new RunPlanned { TestCases = 0, Filter = "Category=None" });
        run.Done();

        run.Report().Verdict.Status.Should().Be("failure");
        run.Report().Issues.Should().ContainSingle().Which.Message.Should().Contain("Category=None");
        run.Report(new ReportOptions { AllowNoTests = true }).Verdict.Status.Should().Be("success");
    }

    [Fact]
    public void Failures_with_one_cause_are_one_issue()
    {
        using var run = new SampleRun();
        run.Fail("A", "Order 17 not found after 12 ms", stack: "   at System.Linq.Enumerable.Single()\n   at Shop.Orders.Get(Int32 id)\n   at Shop.OrderTests.A()");
        run.Fail("B", "Order 4711 not found after 3 ms", stack: "   at System.Linq.Enumerable.Single()\n   at Shop.Orders.Get(Int32 id)\n   at Shop.OrderTests.B()");
        run.Done();

        var issue = run.Report().Issues.Should().ContainSingle().Subject;

        issue.Title.Should().Be("2 tests fail with the same error");
        issue.Category.Should().Be("product");
        issue.Evidence.Should().Equal("at Shop.Orders.Get");
    }

    [Fact]
    public void A_retry_that_passes_is_flaky_and_one_test()
    {
        using var run = new SampleRun();
        run.Finish(run.Start("A"), TestStatus.Failed, new TestError { Type = "X", Message = "first" }, "assertion");
        run.Finish(run.Start("A", attempt: 2));
        run.Done();

        var report = run.Report();

        var test = report.TestResults.Tests.Should().ContainSingle().Subject;
        test.Flaky.Should().BeTrue();
        test.Attempts.Should().ContainSingle().Which.Error!.Message.Should().Be("first");
        report.Verdict.Status.Should().Be("success");
        report.Issues.Should().ContainSingle(i => i.RuleId == "IK20");
    }

    [Fact]
    public void Two_theory_rows_with_equal_arguments_are_two_tests()
    {
        using var run = new SampleRun();
        run.Finish(run.Start("A"));
        run.Finish(run.Start("A"));
        run.Done();

        var report = run.Report();

        report.TestResults.Tests.Should().HaveCount(2).And.OnlyHaveUniqueItems(t => t.TestId);
        report.Issues.Should().ContainSingle(i => i.RuleId == "IK3006");
    }
}
