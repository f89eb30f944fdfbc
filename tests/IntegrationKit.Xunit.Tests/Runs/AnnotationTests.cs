using IntegrationKit.FrameworkTests.Specimens;

namespace IntegrationKit.FrameworkTests.Runs;

public sealed class AnnotationTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("", false)]
    public async Task The_end_of_a_run_on_GitHub_marks_the_lines_of_its_failures(string actions, bool marked)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["GITHUB_ACTIONS"] = actions, ["GITHUB_STEP_SUMMARY"] = "" };
        using var run = SpecimenRun.Start<OutcomeSpecimen>(environment);

        await run.WaitAsync();

        var marks = run.Output.Split('\n').Where(line => line.StartsWith("::error ", StringComparison.Ordinal)).ToList();
        marks.Should().HaveCount(marked ? run.Report().TestResults.Tests.Count(test => test.Status is "failed" or "error") : 0);
        marks.Where(mark => !mark.StartsWith("::error file=tests/IntegrationKit.Xunit.Tests/Specimens/OutcomeSpecimen.cs,line=", StringComparison.Ordinal)).Should().BeEmpty();
    }
}
