using IntegrationKit.FrameworkTests.Specimens;
using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.FrameworkTests.Attempts;

/// <summary>One child run of <see cref="RetrySpecimen"/>, seen by the runner and by the report.</summary>
public sealed class RetryTests(RetryTests.Run run) : IClassFixture<RetryTests.Run>
{
    [Fact]
    public void The_runner_sees_one_result_per_test() =>
        run.Specimen.Output.Should().Contain("Total: 7, Errors: 0, Failed: 2, Skipped: 0, Not Run: 0");

    [Fact]
    public void The_runner_sees_only_failures_that_stayed()
    {
        run.Specimen.Output.Should().Contain("Never_passes [FAIL]").And.Contain("Fails_once_and_for_all [FAIL]");
        run.Specimen.Output.Should().NotContain("Passes_the_second_time [FAIL]").And.NotContain("Only_row_2_is_flaky(row: 2) [FAIL]");
        run.Specimen.ExitCode.Should().Be(1);
    }

    [Theory]
    [InlineData("passes", 1)]
    [InlineData("second", 2)]
    [InlineData("never", 3)]
    [InlineData("once", 1)]
    [InlineData("row 1", 1)]
    [InlineData("row 2", 2)]
    [InlineData("row 3", 1)]
    public void A_test_runs_as_often_as_it_must(string mark, int times) =>
        run.Specimen.Marks().Count(line => line == mark).Should().Be(times);

    [Fact]
    public void Every_attempt_has_fixtures_of_its_own() =>
        run.Specimen.Marks().Count(line => line == "start probe").Should().Be(3);

    [Fact]
    public void The_report_has_one_entry_per_test_with_its_attempts()
    {
        var tests = run.Report.TestResults.Tests;

        tests.Should().HaveCount(7);
        var flaky = tests.Single(test => test.MethodName == "Passes_the_second_time");
        flaky.Status.Should().Be("passed");
        flaky.Flaky.Should().BeTrue();
        flaky.Attempts.Should().ContainSingle().Which.Error!.Message.Should().Contain("to be 2");
        tests.Single(test => test.MethodName == "Never_passes").Attempts.Should().HaveCount(2);
        tests.Where(test => test.Flaky).Should().HaveCount(2);
    }

    [Fact]
    public void Flaky_tests_are_issues() =>
        run.Report.Issues.Should().Contain(issue => issue.Title.Contains("Passes_the_second_time"));

    [Fact]
    public void A_finding_that_the_suite_accepts_says_who_and_why()
    {
        var flaky = run.Report.Issues.Where(issue => issue.RuleId == "IK20").ToList();

        flaky.Should().HaveCount(2);
        flaky.Single(issue => issue.Title.Contains("Passes_the_second_time")).Suppressed!.Reason.Should().Be("the clock of the build machine");
        flaky.Single(issue => issue.Title.Contains("Only_row_2_is_flaky")).Suppressed.Should().BeNull();
    }

    [Fact]
    public void Readers_of_junit_see_the_rerun() =>
        File.ReadAllText(Path.Combine(run.Specimen.Folder, "junit.xml")).Should().Contain("<flakyFailure").And.Contain("<rerunFailure");

    [Fact]
    public void The_totals_of_the_journal_are_those_of_the_runner() =>
        run.Specimen.Journal()[^1].Should().BeOfType<RunFinished>().Which.Should().Match<RunFinished>(end => end.Total == 7 && end.Failed == 2);

    public sealed class Run : IAsyncLifetime
    {
        public SpecimenRun Specimen { get; private set; } = null!;

        internal IntegrationReport Report { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Specimen = await SpecimenRun.RunAsync<RetrySpecimen>();
            Report = Specimen.Report();
        }

        public ValueTask DisposeAsync()
        {
            Specimen.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
