using IntegrationKit.FrameworkTests.Specimens;
using IntegrationKit.Journal;

namespace IntegrationKit.FrameworkTests.Framework;

public sealed class InterruptionTests
{
    [Fact]
    public async Task A_killed_run_leaves_a_journal_that_names_the_test_in_flight()
    {
        using var run = SpecimenRun.Start<HangingSpecimen>();
        await run.WaitForMarkAsync("hanging");
        await run.WaitForOneInFlightAsync();

        run.Signal("KILL");
        await run.WaitAsync();

        var started = run.Tests();
        var finished = run.Journal().OfType<TestFinished>().Select(test => test.Execution).ToArray();
        started.Where(test => !finished.Contains(test.Start.Execution)).Should().ContainSingle().Which.Case.MethodName.Should().Be("B_hangs");
        run.Journal().OfType<RunFinished>().Should().BeEmpty();
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task A_terminated_run_says_so_and_ends_by_the_signal(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsLinux() && Signals.IsIgnored(exitCode - 128), $"Whoever started the tests ignores SIG{signal} (nohup does so), and so do their children.");
        using var run = SpecimenRun.Start<HangingSpecimen>();
        await run.WaitForMarkAsync("hanging");

        run.Signal(signal);
        await run.WaitAsync();

        File.Exists(Path.Combine(run.Folder, "report.json")).Should().BeTrue();
        run.Journal()[^1].Should().BeOfType<RunAborted>().Which.Reason.Should().Be("SIG" + signal);
        run.ExitCode.Should().Be(exitCode);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_costs_the_report_and_not_the_tests()
    {
        var folder = Directory.CreateTempSubdirectory("ik-specimen-").FullName;
        var file = Path.Combine(folder, "a-file");
        await File.WriteAllTextAsync(file, "in the way", TestContext.Current.CancellationToken);
        using var run = SpecimenRun.Start<LaneSpecimen>(folder, file, []);

        await run.WaitAsync();

        run.ExitCode.Should().Be(0, run.Output);
        run.Errors.Should().Contain("The report folder").And.Contain("INTEGRATIONKIT_REPORT");
    }
}
