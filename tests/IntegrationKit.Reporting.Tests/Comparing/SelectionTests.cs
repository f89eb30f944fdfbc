using IntegrationKit.Journal;
using IntegrationKit.Model;
using IntegrationKit.Samples;

namespace IntegrationKit.Comparing;

/// <summary>What a part of a suite leaves out is not gone.</summary>
public sealed class SelectionTests
{
    public static TheoryData<string> Parts => ["filter", "of", "shard"];

    [Theory]
    [MemberData(nameof(Parts))]
    public void Tests_that_a_part_of_the_suite_leaves_out_are_not_selected_and_not_removed(string part)
    {
        using var run = Part(part);

        var (report, files) = Compared(run);

        report.TestsWritten.Removed.Should().BeEmpty();
        files.Should().AllSatisfy(file => file.Should().Contain("2 of the baseline not selected").And.NotContain("removed since"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1/1")]
    public void Tests_that_a_whole_suite_leaves_out_are_removed(string? shard)
    {
        using var run = new SampleRun(runId: "now", shard: shard, shards: shard is null ? null : 1);
        run.Publish(new RunPlanned { TestCases = 1 });
        run.Pass("A");
        run.Done();

        var (report, files) = Compared(run);

        report.TestsWritten.Removed.Should().HaveCount(2);
        files.Should().AllSatisfy(file => file.Should().Contain("2 removed since the baseline").And.NotContain("not selected"));
    }

    /// <summary>Before its rows are looked up, a theory is one case, with an id that no row has.</summary>
    [Fact]
    public void Rows_of_a_theory_that_an_interrupted_run_did_not_come_to_are_not_removed_and_it_is_not_new()
    {
        using var before = new SampleRun();
        before.Finish(before.Start("Rows", parameters: [new TestParameter("n", "1")]));
        before.Pass("Gone");
        before.Done();
        using var run = new SampleRun(runId: "now");
        run.Publish(new TestCasePlanned { CaseId = "1", Name = "Shop.OrderTests.Rows", ClassName = "Shop.OrderTests", MethodName = "Rows" });
        run.Abandon();

        var report = run.Report(new ReportOptions { Baseline = before.Report() });

        report.TestResults.Tests.Should().ContainSingle().Which.Baseline!.State.Should().Be("not_comparable");
        report.TestsWritten.New.Should().BeEmpty();
        report.TestsWritten.Removed.Should().ContainSingle().Which.Name.Should().Be("Shop.OrderTests.Gone");
    }

    [Fact]
    public void What_a_missing_shard_holds_is_not_removed()
    {
        using var first = new SampleRun(runId: "one", shard: "1/3", shards: 3);
        first.Pass("A");
        using var second = new SampleRun(runId: "two", shard: "2/3", shards: 3);
        second.Pass("B");
        using var before = Before();

        var report = ReportFiles.Write([first.Done().Journal, second.Done().Journal], first.Folder, new ReportOptions { Baseline = before.Report() }).Report!;

        report.TestsWritten.Removed.Should().BeEmpty();
    }

    [Fact]
    public void A_normalised_report_knows_nothing_of_its_baseline()
    {
        using var run = Part("of");
        using var before = Before();

        run.Write(new ReportOptions { Baseline = before.Report(), Normalize = true }).Paths.Select(File.ReadAllText)
            .Should().Equal(run.Write(new ReportOptions { Normalize = true }).Paths.Select(File.ReadAllText));
    }

    [Fact]
    public void Without_a_baseline_nothing_is_said_of_one()
    {
        using var run = Part("of");

        run.Write().Paths.Should().AllSatisfy(path => File.ReadAllText(path).Should().NotContain("notSelected").And.NotContain("of the baseline not selected"));
    }

    private static SampleRun Part(string part)
    {
        var run = part == "shard" ? new SampleRun(runId: "now", shard: "2/3", shards: 3) : new SampleRun(runId: "now");
        run.Publish(part switch
        {
            "filter" => new RunPlanned { TestCases = 1, Filter = "Category=Fast" },
            "of" => new RunPlanned { TestCases = 1, Of = 3 },
            _ => new RunPlanned { TestCases = 1 },
        });
        run.Pass("A");
        return run.Done();
    }

    private static (IntegrationReport Report, IReadOnlyList<string> Files) Compared(SampleRun now)
    {
        using var before = Before();
        var result = now.Write(new ReportOptions { Baseline = before.Report() });
        return (result.Report!, [.. result.Paths.Where(path => Path.GetExtension(path) is ".md" or ".html").Select(File.ReadAllText)]);
    }

    private static SampleRun Before()
    {
        var run = new SampleRun(runId: "before");
        run.Pass("A");
        run.Pass("B");
        run.Pass("C");
        return run.Done();
    }
}
