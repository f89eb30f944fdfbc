using IntegrationKit.Journal;
using IntegrationKit.Samples;

namespace IntegrationKit;

/// <summary>The gates a build server sets, from the command line to the exit code.</summary>
public sealed class GateTests : IDisposable
{
    private readonly SampleRun before = new(runId: "before");
    private readonly SampleRun now = new(runId: "now", minute: 5);

    public void Dispose()
    {
        before.Dispose();
        now.Dispose();
    }

    [Fact]
    public void Known_failures_open_the_gate_and_are_named()
    {
        now.Pass("A");
        now.Fail("B", "bad");
        now.Done();

        var tool = ToolRun.Of("report", now.Folder, "--known-failures", Known("""[{"rule":"IK3001","match":"Shop.OrderTests.B","owner":"ann","reason":"later"}]"""));

        tool.ExitCode.Should().Be(0);
        tool.Output.Should().Contain("success: 1 passed, 1 failed").And.Contain("known: Shop.OrderTests.B (ann: later)");
    }

    [Fact]
    public void An_expired_entry_closes_the_gate_of_a_green_run()
    {
        now.Pass("A");
        now.Done();

        var tool = ToolRun.Of("report", now.Folder, "--known-failures", Known("""[{"rule":"IK3001","match":"*.A","owner":"ann","reason":"later","until":"2020-01-01"}]"""));

        tool.ExitCode.Should().Be(1);
        tool.Output.Should().Contain("gate closed: expired known failures: 1");
    }

    [Fact]
    public void New_failures_cannot_be_counted_without_a_baseline()
    {
        now.Pass("A");
        now.Done();

        var tool = ToolRun.Of("report", now.Folder, "--max-new-failures", "0");

        tool.ExitCode.Should().Be(2);
        tool.Error.Should().Contain("--max-new-failures counts failures that a baseline does not have: add --baseline FILE");
    }

    [Fact]
    public void A_failure_that_the_baseline_has_closes_no_gate_of_new_failures()
    {
        before.Fail("A", "bad");
        before.Fail("B", "bad");
        now.Fail("A", "bad");
        now.Fail("B", "worse", status: TestStatus.Error, raw: "exception");

        Compared("--max-new-failures", "0").ExitCode.Should().Be(0);
        Compared().Output.Should().Contain("gate closed: verdict failure: 1 failed test, 1 test with errors");
    }

    [Fact]
    public void A_normalised_report_is_judged_like_any_other()
    {
        before.Fail("A", "bad");
        before.Pass("B");
        now.Fail("A", "bad");
        now.Fail("B", "bad");

        Compared("--max-new-failures", "0", "--normalize").Output.Should().Contain("gate closed: 1 new failure, 0 allowed");
        Compared("--max-new-failures", "1", "--normalize").ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData(TestStatus.Passed)]
    [InlineData(TestStatus.Skipped)]
    [InlineData(null)]
    public void A_failure_of_a_test_that_did_not_fail_in_the_baseline_is_new(string? status)
    {
        before.Pass("Other");
        if (status is not null)
        {
            before.Finish(before.Start("A"), status);
        }

        now.Fail("A", "bad");

        Compared("--max-new-failures", "0").Output.Should().Contain("gate closed: 1 new failure, 0 allowed");
        Compared("--max-new-failures", "1").ExitCode.Should().Be(0);
    }

    [Fact]
    public void A_known_failure_is_not_a_new_one()
    {
        before.Pass("A");
        now.Fail("A", "bad");

        Compared("--max-new-failures", "0", "--known-failures", Known("""[{"rule":"IK3001","match":"*.A","owner":"ann","reason":"later"}]""")).ExitCode.Should().Be(0);
    }

    [Fact]
    public void A_fixture_that_fails_closes_the_gate_of_new_failures()
    {
        var error = new TestError { Type = "X", Message = "no database" };
        before.Fail("A", "bad");
        now.Publish(new FixtureFailed { Scope = "assembly", Name = "ShopFixture", Phase = "cleanup", Error = error });
        now.Fail("A", "bad");

        Compared("--max-new-failures", "0").Output.Should().Contain("gate closed: verdict failure: 1 fixture failure\n");
    }

    [Fact]
    public void An_aborted_run_closes_the_gate_of_new_failures()
    {
        before.Fail("A", "bad");
        now.Fail("A", "bad");
        now.Start("B");
        now.Abandon();
        before.Done().Write();

        var tool = ToolRun.Of("report", now.Folder, "--baseline", Path.Combine(before.Folder, "out"), "--max-new-failures", "5");

        tool.ExitCode.Should().Be(3);
        tool.Output.Should().Contain("gate closed: verdict aborted: 1 interrupted run\n");
    }

    [Theory]
    [InlineData("--max-new-failures", "-1")]
    [InlineData("--min-tests", "-1")]
    [InlineData("--max-flaky", "-2")]
    [InlineData("--min-endpoint-coverage", "-0.1")]
    [InlineData("--min-endpoint-coverage", "100.1")]
    [InlineData("--min-endpoint-coverage", "NaN")]
    public void A_number_that_means_nothing_is_wrong_usage(string option, string number)
    {
        now.Pass("A");
        now.Done();

        var tool = ToolRun.Of("report", now.Folder, option, number, "--baseline", now.Folder);

        tool.ExitCode.Should().Be(2);
        tool.Error.Should().Contain(option).And.Contain(number);
    }

    [Fact]
    public void Every_option_says_what_it_does() =>
        Program.Build().Subcommands.SelectMany(command => command.Options).Where(option => string.IsNullOrWhiteSpace(option.Description)).Select(option => option.Name).Should().BeEmpty();

    private ToolRun Compared(params string[] gates)
    {
        before.Done().Write();
        now.Done();
        return ToolRun.Of(["report", now.Folder, "-o", Path.Combine(now.Folder, "out"), "--baseline", Path.Combine(before.Folder, "out"), .. gates]);
    }

    private string Known(string json)
    {
        var path = Path.Combine(now.Folder, "known.json");
        File.WriteAllText(path, json);
        return path;
    }
}
