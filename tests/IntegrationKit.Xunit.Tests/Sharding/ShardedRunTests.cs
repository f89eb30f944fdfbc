using IntegrationKit.FrameworkTests.Specimens;
using IntegrationKit.Journal;
using IntegrationKit.Merging;

namespace IntegrationKit.FrameworkTests.Sharding;

public sealed class ShardedRunTests(ShardedSuite suite) : IClassFixture<ShardedSuite>
{
    [Fact]
    public void Four_shards_are_the_whole_suite_without_overlap_and_in_balance()
    {
        var shards = suite.Shards.Select(run => run.Tests().Select(test => test.Start.Name ?? test.Case.Name).ToArray()).ToArray();

        shards.SelectMany(tests => tests).Should().OnlyHaveUniqueItems().And.HaveCount(40);
        var loads = shards.Select(tests => tests.Sum(Weight)).ToArray();
        TestContext.Current.TestOutputHelper!.WriteLine($"shards of {string.Join(", ", shards.Select(tests => tests.Length))} tests, loads {string.Join(", ", loads)}, longest {loads.Max() / loads.Average():0.00}x the mean");
        loads.Max().Should().BeLessThanOrEqualTo((int)(loads.Average() * 1.3));
    }

    [Fact]
    public void A_shard_says_which_part_it_is()
    {
        for (var number = 1; number <= ShardedSuite.Count; number++)
        {
            var journal = suite.Shards[number - 1].Journal();
            journal.OfType<RunStarted>().Single().Should().Match<RunStarted>(start => start.ShardId == $"{number}/4" && start.ShardCount == 4);
            journal.OfType<RunPlanned>().Single().Of.Should().Be(suite.Whole.Journal().OfType<RunPlanned>().Single().Of).And.BeGreaterThan(40, "the assembly has other tests than those of this filter");
        }
    }

    [Fact]
    public void Shards_of_one_split_say_so()
    {
        suite.Shards.Select(run => run.Journal().OfType<RunPlanned>().Single().Split).Distinct().Should().ContainSingle().Which.Should().HaveLength(16);
        suite.Whole.Journal().OfType<RunPlanned>().Single().Split.Should().BeNull();
    }

    /// <summary>The other shards were given other durations: nobody would notice that tests are missing.</summary>
    [Fact]
    public async Task A_shard_that_was_given_other_durations_is_found_when_merged()
    {
        using var other = SpecimenRun.Start<FortySpecimen>(new Dictionary<string, string>(StringComparer.Ordinal) { ["INTEGRATIONKIT_SHARD"] = "4/4" }, "-preEnumerateTheories");
        await other.WaitAsync();
        var folder = Directory.CreateTempSubdirectory("ik-merged-").FullName;

        var report = ReportMerge.Write([.. suite.Shards.Take(3).Select(run => run.Folder), other.Folder], folder, ReportOptions.Default).Report!;

        report.Verdict.Status.Should().Be("aborted");
        report.Issues.Should().ContainSingle(issue => issue.RuleId == "IK1008");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void What_a_shard_leaves_out_is_not_selected_and_not_skipped()
    {
        var report = suite.Shards[0].Report();

        report.TestResults.Summary.Should().Match<Model.Summary>(summary => summary.Skipped == 0 && summary.NotRun == 0);
        report.TestScope.Selected.Should().Match<Model.Selection>(selected => selected.TestCases < 40 && selected.Of > 40);
    }

    [Fact]
    public void The_merged_report_equals_the_unsharded_one_when_normalised()
    {
        var folder = Directory.CreateTempSubdirectory("ik-merged-").FullName;
        try
        {
            var options = new ReportOptions { Normalize = true };
            ReportMerge.Write(suite.Shards.Select(run => run.Folder), Path.Combine(folder, "merged"), options).Problems.Should().BeEmpty();
            ReportMerge.Write([suite.Whole.Folder], Path.Combine(folder, "whole"), options).Problems.Should().BeEmpty();

            foreach (var file in new[] { "report.json", "report.md", "ctrf.json", "junit.xml", "report.html" })
            {
                File.ReadAllText(Path.Combine(folder, "merged", file)).Should().Be(File.ReadAllText(Path.Combine(folder, "whole", file)), file);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_wrong_shard_stops_the_run_and_says_what_to_write()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["INTEGRATIONKIT_SHARD"] = "nonsense" };
        using var run = SpecimenRun.Start<FortySpecimen>(environment, "-preEnumerateTheories");

        await run.WaitAsync();

        run.ExitCode.Should().NotBe(0);
        (run.Output + run.Errors).Should().Contain("INTEGRATIONKIT_SHARD is 'nonsense'");
    }

    private static int Weight(string test) => test[^1] switch { 'A' => 9000, 'B' => 8000, _ => 1000 };
}
