using IntegrationKit.Samples;

namespace IntegrationKit;

public sealed class ToolTests
{
    [Fact]
    public void Report_finishes_a_killed_run()
    {
        using var run = new SampleRun();
        run.Pass("A");
        run.Start("B");
        run.Abandon();

        var tool = ToolRun.Of("report", run.Folder);

        tool.ExitCode.Should().Be(3, tool.Error);
        tool.Output.Should().Contain("aborted: 1 passed, 0 failed, 1 errors").And.Contain("report.html");
    }

    [Fact]
    public void Report_of_a_green_run_is_zero_and_a_gate_closes_it()
    {
        using var run = new SampleRun().Points();
        run.Endpoint("GET", "/orders");
        run.Endpoint("GET", "/products");
        run.Pass("A", test => run.Request(test, "GET", "/orders", 200));
        run.Done();

        ToolRun.Of("report", run.Folder).ExitCode.Should().Be(0);
        ToolRun.Of("report", run.Folder, "--fail-on", "error").ExitCode.Should().Be(0);
        var warning = ToolRun.Of("report", run.Folder, "--fail-on", "warning");
        warning.ExitCode.Should().Be(1);
        warning.Output.Should().Contain("gate closed: findings of level warning or above: IK1 × 1, IK8 × 1");
        ToolRun.Of("report", run.Folder, "--min-endpoint-coverage", "51").Output.Should().Contain("50 % of endpoints are called, 51 % expected");
        ToolRun.Of("report", run.Folder, "--min-tests", "2").ExitCode.Should().Be(1);
    }

    [Fact]
    public void Known_failures_open_the_gate_until_they_expire()
    {
        using var run = new SampleRun().Points();
        run.Endpoint("GET", "/orders");
        run.Pass("A", test => run.Call(test, 503));
        run.Done();
        var known = Path.Combine(run.Folder, "known.json");

        File.WriteAllText(known, """[{"rule":"IK1","match":"GET *","owner":"ann","reason":"later","until":"2999-01-01"},{"rule":"IK8","owner":"ann","reason":"later"}]""");
        ToolRun.Of("report", run.Folder, "--fail-on", "warning", "--known-failures", known).ExitCode.Should().Be(0);

        File.WriteAllText(known, """[{"rule":"IK1","owner":"ann","reason":"later","until":"2020-01-01"},{"rule":"IK8","owner":"ann","reason":"later"}]""");
        ToolRun.Of("report", run.Folder, "--fail-on", "warning", "--known-failures", known).Output.Should().Contain("IK1 × 1").And.Contain("IK3009 × 1");
    }

    [Fact]
    public void Merge_makes_one_report_of_shards_and_names_the_missing_one()
    {
        using var first = new SampleRun(runId: "a", shard: "1/3", shards: 3);
        first.Pass("A");
        first.Done();
        using var second = new SampleRun(runId: "b", shard: "2/3", shards: 3);
        second.Pass("B");
        second.Done();
        var output = Path.Combine(first.Folder, "merged");

        var tool = ToolRun.Of("merge", first.Folder, second.Folder, "-o", output);

        tool.ExitCode.Should().Be(3);
        tool.Output.Should().Contain("aborted: 2 passed");
        tool.Error.Should().Contain("read 2 of 2 journals");
        File.ReadAllText(Path.Combine(output, "report.md")).Should().Contain("no journal of shard 3");
        ToolRun.Of("merge", output, "-o", output, "--allow-missing-shards").ExitCode.Should().Be(0);
    }

    [Fact]
    public void Compare_says_what_changed()
    {
        using var before = new SampleRun();
        before.Pass("A");
        before.Fail("B", "bad");
        before.Pass("Gone");
        before.Done().Write();
        using var now = new SampleRun(runId: "run-2");
        now.Fail("A", "broken");
        now.Pass("B");
        now.Pass("C");
        now.Done().Write();

        var tool = ToolRun.Of("compare", Path.Combine(now.Folder, "out"), "--baseline", Path.Combine(before.Folder, "out"));

        tool.ExitCode.Should().Be(1);
        tool.Output.Should().Contain("regressed: 1").And.Contain("fixed: 1").And.Contain("new: 1").And.Contain("removed: Shop.OrderTests.Gone");
    }

    [Fact]
    public void Validate_accepts_our_report_and_names_what_is_wrong_with_another()
    {
        using var run = ShopRun.Record();
        var json = run.Write().Paths[0];

        ToolRun.Of("validate", json).Output.Should().Contain("valid: IntegrationReport 1.0, 5 tests, verdict failure");

        File.WriteAllText(json, File.ReadAllText(json).Replace("\"verdict\":{", "\"verdikt\":{", StringComparison.Ordinal));
        var tool = ToolRun.Of("validate", json);
        tool.ExitCode.Should().Be(2);
        tool.Error.Should().Contain("verdikt");
    }

    [Theory]
    [InlineData("report", "no/such/folder")]
    [InlineData("validate", "no/such/report.json")]
    [InlineData("open", "no/such/folder")]
    [InlineData("nonsense")]
    [InlineData("merge")]
    public void Wrong_usage_is_exit_code_two(params string[] args) => ToolRun.Of(args).ExitCode.Should().Be(2);

    [Fact]
    public void A_history_grows_by_one_line_per_run_and_only_once()
    {
        using var run = new SampleRun();
        run.Pass("A");
        run.Done();
        var history = Path.Combine(run.Folder, "history.jsonl.txt");

        ToolRun.Of("report", run.Folder, "-o", Path.Combine(run.Folder, "out"), "--history", history).ExitCode.Should().Be(0);
        ToolRun.Of("report", run.Folder, "-o", Path.Combine(run.Folder, "out"), "--history", history);

        File.ReadAllLines(history).Should().ContainSingle().Which.Should().Contain("\"p12\"");
    }

    [Fact]
    public void A_history_holds_a_run_as_it_was_also_when_its_report_is_normalised()
    {
        using var run = new SampleRun();
        run.Pass("A");
        run.Done();
        var history = Path.Combine(run.Folder, "history.jsonl.txt");

        ToolRun.Of("report", run.Folder, "-o", Path.Combine(run.Folder, "out"), "--history", history, "--normalize");

        File.ReadAllLines(history).Should().ContainSingle().Which.Should().Contain("\"p12\"").And.NotContain("00000000-0000");
    }

    [Fact]
    public void A_history_is_used_without_a_baseline()
    {
        using var run = new SampleRun(commit: "abc");
        var test = run.Start("A");
        run.Publish(new Journal.TestFinished { Execution = test, Status = Journal.TestStatus.Passed, DurationUs = 620_000 });
        run.Done();
        var id = Identity.TestIds.For("Shop.IntegrationTests", "Shop.OrderTests", "A", null);
        var history = Path.Combine(run.Folder, "history.jsonl.txt");
        File.WriteAllLines(history, "pppppf".Select((status, i) => $$"""{"reportId":"{{i}}","startedAt":"2026-01-01T00:00:00Z","commit":"abc","tests":{"{{id}}":"{{status}}310"} }"""));

        ToolRun.Of("report", run.Folder, "--history", history).ExitCode.Should().Be(0);

        File.ReadAllText(Path.Combine(run.Folder, "report.md")).Should()
            .Contain("IK3003 (performance): Shop.OrderTests.A is slower than usual. 620 ms instead of 310 ms: 2 times as long as usual.")
            .And.Contain("IK3002 (reliability): Shop.OrderTests.A is flaky over earlier runs. Changed between passing and failing 2 times on commit abc.");
        File.ReadAllLines(history).Should().HaveCount(7);
    }
}
