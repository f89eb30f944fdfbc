using IntegrationKit.FrameworkTests.Specimens;
using IntegrationKit.Journal;

namespace IntegrationKit.FrameworkTests.Framework;

/// <summary>One child run of <see cref="OutcomeSpecimen"/>, looked at from all sides.</summary>
public sealed class OutcomeTests(OutcomeTests.Run run) : IClassFixture<OutcomeTests.Run>
{
    [Theory]
    [InlineData("Passes", "passed", null)]
    [InlineData("Fails", "failed", "assertion")]
    [InlineData("Fails_in_another_library", "failed", "assertion")]
    [InlineData("Throws", "error", "exception")]
    [InlineData("Times_out", "error", "timeout")]
    [InlineData("Is_skipped", "skipped", "skipped")]
    [InlineData("Is_skipped_at_run_time", "skipped", "skipped")]
    [InlineData("Is_static", "passed", null)]
    public void Each_outcome_has_its_status(string method, string status, string? rawStatus)
    {
        var result = run.Specimen.Result(method);

        result.Status.Should().Be(status);
        result.RawStatus.Should().Be(rawStatus);
    }

    [Fact]
    public void The_tree_of_exceptions_is_kept()
    {
        var error = run.Specimen.Result(nameof(OutcomeSpecimen.Throws)).Error!;

        error.Type.Should().Be("System.InvalidOperationException");
        error.Message.Should().Be("outer");
        error.Inner.Should().ContainSingle().Which.Message.Should().Be("inner");
    }

    [Fact]
    public void Rows_of_a_theory_have_their_own_ids_and_parameters()
    {
        var rows = run.Specimen.Tests().Where(test => test.Case.MethodName == "Rows").Select(test => test.Start).ToArray();

        rows.Should().HaveCount(2);
        rows.Select(row => row.TestId).Should().OnlyHaveUniqueItems();
        rows.SelectMany(row => row.Parameters!).Should().Contain(new TestParameter("number", "1")).And.Contain(new TestParameter("name", "\"two\""));
    }

    [Fact]
    public void Traits_become_categories_and_workflows()
    {
        var test = run.Specimen.Started(nameof(OutcomeSpecimen.Passes)).Case;

        test.Workflows.Should().Equal("checkout");
        test.Categories.Should().Equal("Integration");
    }

    [Fact]
    public void Sources_are_named_relative_to_the_repository() =>
        run.Specimen.Started(nameof(OutcomeSpecimen.Passes)).Case.SourcePath.Should().Be("tests/IntegrationKit.Xunit.Tests/Specimens/OutcomeSpecimen.cs");

    [Fact]
    public void Output_is_kept() =>
        run.Specimen.Result(nameof(OutcomeSpecimen.Passes)).Output.Should().Contain("a line of output");

    [Fact]
    public void Every_test_is_started_once_and_finished_once()
    {
        var journal = run.Specimen.Journal();

        journal.OfType<TestStarted>().Select(test => test.Execution).Should().OnlyHaveUniqueItems().And.HaveCount(10);
        journal.OfType<TestFinished>().Select(test => test.Execution).Should().OnlyHaveUniqueItems().And.HaveCount(10);
        journal[^1].Should().BeOfType<RunFinished>().Which.Should().Match<RunFinished>(end => end.Total == 10 && end.Skipped == 2 && !end.Cancelled);
    }

    [Fact]
    public void The_runner_is_named() =>
        run.Specimen.Journal().OfType<RunConfigured>().Single().TestFramework.Should().StartWith("xUnit.net v3");

    [Fact]
    public void The_path_of_the_report_is_printed() =>
        run.Specimen.Output.Should().Contain("Integration report: " + Path.Combine(run.Specimen.Folder, "report.html"));

    public sealed class Run : IAsyncLifetime
    {
        public SpecimenRun Specimen { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Specimen = await SpecimenRun.RunAsync<OutcomeSpecimen>();

        public ValueTask DisposeAsync()
        {
            Specimen.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
