using IntegrationKit.Journal;
using IntegrationKit.Samples;

namespace IntegrationKit;

public sealed class CompareTests : IDisposable
{
    private readonly SampleRun before = new(runId: "before", commit: "abc");
    private readonly SampleRun now = new(runId: "now", commit: "abc");

    public void Dispose()
    {
        before.Dispose();
        now.Dispose();
    }

    [Fact]
    public void What_a_part_of_the_suite_leaves_out_is_not_removed()
    {
        before.Pass("A");
        before.Pass("B");
        now.Publish(new RunPlanned { TestCases = 1, Of = 2 });
        now.Pass("A");

        Compare().Output.Should().Contain("1 of the baseline not selected").And.NotContain("removed");
    }

    [Fact]
    public void A_history_says_what_is_usual_and_who_changes_their_mind()
    {
        before.Pass("A");
        before.Pass("B");
        now.Fail("A", "bad");
        var slow = now.Start("B");
        now.Publish(new TestFinished { Execution = slow, Status = TestStatus.Passed, DurationUs = 620_000 });
        var (a, b) = (Identity.TestIds.For("Shop.IntegrationTests", "Shop.OrderTests", "A", null), Identity.TestIds.For("Shop.IntegrationTests", "Shop.OrderTests", "B", null));
        var history = Path.Combine(now.Folder, "history.jsonl.txt");
        File.WriteAllLines(history, "fpfpp".Select((status, i) => $$"""{"reportId":"{{i}}","startedAt":"2026-01-01T00:00:00Z","commit":"abc","tests":{"{{a}}":"{{status}}10","{{b}}":"p310"} }"""));
        var lines = File.ReadAllText(history);

        var tool = Compare("--history", history);

        tool.Output.Should().Contain("slower: Shop.OrderTests.B x2, 620 ms instead of 310 ms")
            .And.Contain("flaky over earlier runs: Shop.OrderTests.A changed between passing and failing 4 times on commit abc");
        File.ReadAllText(history).Should().Be(lines, "comparing is no run");
    }

    [Fact]
    public void A_known_failure_that_regressed_is_named_and_no_reason_to_fail()
    {
        before.Pass("A");
        now.Fail("A", "bad");
        now.Done().Write(new ReportOptions { KnownFailures = [new Comparing.KnownFailure { Rule = "IK3001", Match = "*.A", Owner = "ann", Reason = "later" }] });
        before.Done().Write();

        var tool = ToolRun.Of("compare", Path.Combine(now.Folder, "out"), "--baseline", Path.Combine(before.Folder, "out"));

        tool.ExitCode.Should().Be(0);
        tool.Output.Should().Contain("regressed: 1");
    }

    [Fact]
    public void A_history_that_is_not_there_is_wrong_usage()
    {
        before.Pass("A");
        now.Pass("A");

        var tool = Compare("--history", Path.Combine(now.Folder, "nowhere.jsonl"));

        tool.ExitCode.Should().Be(2);
        tool.Error.Should().Contain("nowhere.jsonl");
    }

    private ToolRun Compare(params string[] options)
    {
        before.Done().Write();
        now.Done().Write();
        return ToolRun.Of(["compare", Path.Combine(now.Folder, "out"), "--baseline", Path.Combine(before.Folder, "out"), .. options]);
    }
}
