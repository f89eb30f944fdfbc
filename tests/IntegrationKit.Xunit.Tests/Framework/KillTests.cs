using System.Globalization;
using System.Text.Json;
using IntegrationKit.FrameworkTests.Specimens;
using IntegrationKit.Model;

namespace IntegrationKit.FrameworkTests.Framework;

/// <summary>
/// SIGKILL and SIGTERM at random moments, while some of the tests have processes of their own. Eight by default; <c>INTEGRATIONKIT_TEST_KILLS=100</c> for a thorough look.
/// </summary>
public sealed class KillTests
{
    private const int Cases = 3 * 151;

    [Fact]
    public Task A_run_killed_at_any_moment_leaves_a_report_that_lost_nothing() => KillAsync(
        Count(6), 1200, () => SpecimenRun.Start<BusySpecimenA>(
            "-class", typeof(BusySpecimenB).FullName!, "-class", typeof(BusySpecimenC).FullName!, "-automated", "-preEnumerateTheories"));

    [Fact]
    public Task So_does_a_run_under_vstest() => KillAsync(Count(2), 800, SpecimenRun.StartVsTest<BusySpecimen>);

    [Fact]
    public async Task A_runner_that_has_stopped_listening_keeps_no_result_out_of_the_report()
    {
        using var run = SpecimenRun.StartVsTest<BusySpecimen>();
        await run.WaitForAnyMarkAsync();
        await run.StopListeningAsync();
        await run.WaitForEndsAsync(150);

        await run.SignalTestsAsync("KILL");

        var ended = run.Ended();
        var tests = Finish(run, "KILL").TestResults.Tests.ToDictionary(test => test.Name, StringComparer.Ordinal);
        ended.Count(name => tests[name].Status != "passed").Should().BeLessThan(50, "only what ended in the last moments may be lost of {0} tests", ended.Count);
    }

    private static int Count(int usual) => Environment.GetEnvironmentVariable("INTEGRATIONKIT_TEST_KILLS") is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture) * usual / 8
        : usual;

    private static async Task KillAsync(int kills, int milliseconds, Func<SpecimenRun> start)
    {
        var random = new Random(20_26);
        var (told, inFlight) = (0, 0);
        for (var i = 0; i < kills; i++)
        {
            using var run = start();
            var (finished, running) = await KillAsync(run, i % 2 == 0 ? "KILL" : "TERM", TimeSpan.FromMilliseconds(random.Next(0, milliseconds)));
            told += finished;
            inFlight += running;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{kills} kills, {kills} reports, {told} finished tests, none lost, {inFlight} in flight, all named");
    }

    private static async Task<(int Finished, int InFlight)> KillAsync(SpecimenRun run, string signal, TimeSpan after)
    {
        await run.WaitForAnyMarkAsync();
        await Task.Delay(after, TestContext.Current.CancellationToken);
        await run.SignalTestsAsync(signal);

        var report = Finish(run, signal);
        var tests = report.TestResults.Tests.ToDictionary(test => test.Name, StringComparer.Ordinal);
        report.Verdict.Status.Should().Be("aborted");
        tests.Should().HaveCount(Cases, "planned tests that never started are in the report too");
        var finished = run.ToldAsFinished();
        finished.Where(name => tests[name].Status != "passed").Should().BeEmpty("a {0} after {1} must lose nothing that was told", signal, after);
        var inFlight = run.InFlight();
        inFlight.Where(name => tests[name].RawStatus != "in_flight").Should().BeEmpty("a {0} after {1} must name what it interrupted", signal, after);
        inFlight.Select(name => tests[name].TestId)
            .Except(report.Issues.Where(issue => issue.RuleId == "IK1001").SelectMany(issue => issue.TestIds)).Should().BeEmpty();
        return (finished.Count, inFlight.Count);
    }

    /// <summary>SIGTERM leaves the report itself; after SIGKILL the next run in the folder makes it.</summary>
    private static IntegrationReport Finish(SpecimenRun run, string signal)
    {
        if (signal == "TERM")
        {
            return run.Report();
        }

        List<string> problems = [];
        var written = JournalFolder.FinishOthers(run.Folder, ownJournal: null, problems);
        problems.Should().BeEmpty();
        using var file = File.OpenRead(written.Single(path => path.EndsWith("report.json", StringComparison.Ordinal)));
        return JsonSerializer.Deserialize(file, ReportJson.Canonical.IntegrationReport)!;
    }
}
