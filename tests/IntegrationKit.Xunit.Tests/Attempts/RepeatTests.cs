using IntegrationKit.FrameworkTests.Specimens;

namespace IntegrationKit.FrameworkTests.Attempts;

public sealed class RepeatTests
{
    [Fact]
    public async Task A_repeated_test_fails_when_one_repetition_fails()
    {
        using var run = await SpecimenRun.RunAsync<RepeatSpecimen>();

        run.Output.Should().Contain("Total: 3, Errors: 0, Failed: 1, Skipped: 0, Not Run: 0");
        run.Marks().Count(mark => mark == "third").Should().Be(5);
        run.Marks().Count(mark => mark == "stable").Should().Be(3);
        run.Marks().Count(mark => mark == "once").Should().Be(1);
        var tests = run.Report().TestResults.Tests;
        tests.Single(test => test.MethodName == "Fails_each_third_time").Should().Match<Model.TestResult>(
            test => test.Status == "failed" && test.Flaky && test.Attempts!.Count == 4);
        tests.Single(test => test.MethodName == "Is_stable").Flaky.Should().BeFalse();
    }

    [Fact]
    public async Task The_environment_repeats_every_selected_test()
    {
        using var run = SpecimenRun.Start<LaneSpecimen>(new Dictionary<string, string> { ["INTEGRATIONKIT_REPEAT"] = "4" });

        await run.WaitAsync();

        run.Output.Should().Contain("Total: 3, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0");
        run.Marks().Count(mark => mark.StartsWith("body ", StringComparison.Ordinal)).Should().Be(12);
    }

    [Fact]
    public async Task The_environment_turns_retrying_off()
    {
        using var run = SpecimenRun.Start<RetrySpecimen>(new Dictionary<string, string> { ["INTEGRATIONKIT_RETRY"] = "0" });

        await run.WaitAsync();

        run.Output.Should().Contain("Total: 7, Errors: 0, Failed: 4, Skipped: 0, Not Run: 0");
        run.Report().TestResults.Summary.Flaky.Should().Be(0);
    }

    [Fact]
    public async Task A_number_that_is_none_stops_the_run_and_says_so()
    {
        using var run = SpecimenRun.Start<LaneSpecimen>(new Dictionary<string, string> { ["INTEGRATIONKIT_RETRY"] = "often" });

        await run.WaitAsync();

        (run.Output + run.Errors).Should().Contain("INTEGRATIONKIT_RETRY is 'often'");
    }
}
