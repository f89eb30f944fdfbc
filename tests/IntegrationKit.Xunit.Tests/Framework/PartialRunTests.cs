using IntegrationKit.FrameworkTests.Specimens;
using IntegrationKit.Journal;

namespace IntegrationKit.FrameworkTests.Framework;

/// <summary>Runs that end well and have not run everything.</summary>
public sealed class PartialRunTests
{
    [Fact]
    public async Task A_runner_that_stops_at_a_failure_leaves_no_test_unmentioned()
    {
        using var run = await SpecimenRun.RunAsync<FailingSecondSpecimen>("-stopOnFail", "-preEnumerateTheories");

        var report = run.Report();

        report.Verdict.Status.Should().Be("failure");
        report.TestResults.Tests.Select(test => (test.MethodName, test.Status)).Should().Equal(
            ("A_passes", "passed"), ("B_fails", "failed"), ("C_follows", "not_run"), ("D_follows_with_rows", "not_run"), ("D_follows_with_rows", "not_run"));
        report.TestResults.Tests.Where(test => test.Status == "not_run").Should().OnlyContain(test => test.RawStatus == "not_started");
        report.Issues.Should().ContainSingle(issue => issue.RuleId == "IK1004").Which.Title.Should().Be("3 tests of 5 never started");
    }

    [Fact]
    public async Task A_test_that_never_started_is_the_test_that_ran_before()
    {
        using var whole = await SpecimenRun.RunAsync<FailingSecondSpecimen>("-preEnumerateTheories");
        using var part = await SpecimenRun.RunAsync<FailingSecondSpecimen>("-preEnumerateTheories", "-stopOnFail");

        part.Report().TestResults.Tests.Select(test => test.TestId).Should().BeEquivalentTo(whole.Report().TestResults.Tests.Select(test => test.TestId));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_is_aborted_though_it_ends_in_order()
    {
        Assert.SkipWhen(OperatingSystem.IsLinux() && Signals.IsIgnored(2), "A shell's background job ignores SIGINT, and so do its children.");
        using var run = SpecimenRun.Start<CancelledSpecimen>();
        await run.WaitForMarkAsync("waiting");

        run.Signal("INT");
        await run.WaitAsync();

        var report = run.Report();
        report.Verdict.Status.Should().Be("aborted");
        report.Issues.Should().ContainSingle(issue => issue.RuleId == "IK1001").Which.Message.Should().Contain("cancelled");
        report.TestResults.Tests.Should().Contain(test => test.MethodName == "B_never_starts" && test.Status == "not_run" && test.RawStatus == "aborted");
        run.Journal()[^1].Should().BeOfType<RunFinished>().Which.Cancelled.Should().BeTrue();
    }

    [Fact]
    public async Task What_a_filter_leaves_out_is_not_selected()
    {
        using var run = await SpecimenRun.RunAsync<LaneSpecimen>();

        var selected = run.Report().TestScope.Selected;

        selected.TestCases.Should().Be(3);
        selected.Of.Should().BeGreaterThan(100, "this assembly has that many tests");
        var told = $"3 of {selected.Of} test cases selected, {selected.Of - 3} not selected";
        File.ReadAllText(Path.Combine(run.Folder, "report.md")).Should().Contain(told);
        File.ReadAllText(Path.Combine(run.Folder, "report.html")).Should().Contain(told);
    }

    [Fact]
    public async Task An_attachment_that_cannot_be_kept_costs_no_result()
    {
        var folder = Directory.CreateTempSubdirectory("ik-specimen-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "attachments"), "in the way", TestContext.Current.CancellationToken);
        using var run = SpecimenRun.Start<AttachingSpecimen>(folder, folder, []);
        await run.WaitAsync();

        run.ExitCode.Should().Be(0, run.Output);
        run.Report().TestResults.Tests.Should().HaveCount(2).And.OnlyContain(test => test.Status == "passed" && test.Warnings!.Count == 1);
        run.Report().Verdict.Status.Should().Be("success");
    }

    [Fact]
    public async Task One_variable_serves_the_suites_of_a_whole_solution()
    {
        var folder = Directory.CreateTempSubdirectory("ik-specimen-").FullName;
        using var run = SpecimenRun.Start<LaneSpecimen>(folder, Path.Combine(folder, "{assembly}"), []);
        await run.WaitAsync();

        File.Exists(Path.Combine(folder, "IntegrationKit.Xunit.Tests", "report.json")).Should().BeTrue();
    }

    [Fact]
    public async Task A_disk_that_fills_up_is_one_warning()
    {
        Assert.SkipUnless(File.Exists("/bin/mount") && Environment.UserName == "root", "Needs root on Linux: a small disk has to be mounted.");
        await using var disk = await SmallDisk.MountAsync(12 * 1024);
        using var run = SpecimenRun.Start<FortySpecimen>(Directory.CreateTempSubdirectory("ik-specimen-").FullName, disk.Folder, []);
        await run.WaitAsync();

        run.ExitCode.Should().Be(0, run.Output);
        run.Output.Should().Contain("Total: 40, Errors: 0, Failed: 0").And.NotContain("Integration report:");
        run.Errors.Trim().Split('\n').Should().ContainSingle().Which.Should().Contain("report.json, report.md, report.html, ctrf.json, junit.xml could not be written")
            .And.Contain("events of this run could not be recorded: No space left on device.").And.Contain("The tests are not affected");
    }

    [Fact]
    public async Task A_redaction_pattern_that_is_none_is_told_in_the_report_and_at_the_end()
    {
        using var run = SpecimenRun.Start<LaneSpecimen>(new Dictionary<string, string> { ["INTEGRATIONKIT_REDACT"] = "fine\n(wrong" });
        await run.WaitAsync();

        run.Errors.Should().Contain("Pattern 2 of INTEGRATIONKIT_REDACT is no regular expression");
        run.Report().Issues.Should().ContainSingle(issue => issue.RuleId == "IK7003").Which.Message.Should().NotContain("wrong");
    }
}
