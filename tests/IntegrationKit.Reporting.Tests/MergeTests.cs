using System.Security.Cryptography;
using IntegrationKit.Merging;
using IntegrationKit.Samples;

namespace IntegrationKit;

public sealed class MergeTests : IDisposable
{
    private readonly List<SampleRun> shards = [.. Enumerable.Range(1, 4).Select(Shard)];
    private readonly string folder = Directory.CreateTempSubdirectory("ik-merge-").FullName;

    [Fact]
    public void Four_shards_in_every_order_and_with_duplicates_give_one_digest()
    {
        HashSet<string> digests = new(StringComparer.Ordinal);
        var orders = Permutations([0, 1, 2, 3]).ToArray();
        foreach (var order in orders)
        {
            digests.Add(Merge([.. order.Select(i => shards[i].Journal), shards[order[0]].Journal]));
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{orders.Length} orders, each with a duplicate: digests {string.Join(", ", digests)}");
        orders.Should().HaveCount(24);
        digests.Should().ContainSingle();
    }

    [Fact]
    public void Merging_in_groups_is_merging_at_once()
    {
        var left = Path.Combine(folder, "left");
        var right = Path.Combine(folder, "right");
        ReportMerge.Write([shards[0].Journal, shards[1].Journal], left, ReportOptions.Default);
        ReportMerge.Write([shards[2].Journal, shards[1].Journal, shards[3].Journal], right, ReportOptions.Default);

        Merge([left, right]).Should().Be(Merge([.. shards.Select(s => s.Journal)]));
    }

    [Fact]
    public void A_rerun_of_a_shard_gives_attempts()
    {
        using var failed = new SampleRun(runId: "x", shard: "1/1", shards: 1);
        failed.Fail("A", "unlucky");
        failed.Pass("B");
        failed.Done();
        using var again = new SampleRun(runId: "x", shard: "1/1", shards: 1, attempt: 2, minute: 5);
        again.Pass("A");
        again.Done();

        var report = ReportMerge.Write([failed.Journal, again.Journal], folder, ReportOptions.Default).Report!;

        report.Verdict.Status.Should().Be("success");
        report.TestResults.Summary.Should().BeEquivalentTo(new { Tests = 2, Passed = 2, Flaky = 1 });
        report.TestResults.Tests.Single(t => t.MethodName == "A").Attempts.Should().ContainSingle().Which.Status.Should().Be("failed");
    }

    [Fact]
    public void Shards_of_different_splits_are_not_the_suite()
    {
        using var first = Split("1/2", "aaaa");
        using var second = Split("2/2", "bbbb");
        using var same = Split("2/2", "aaaa");

        var different = ReportMerge.Write([first.Journal, second.Journal], folder, ReportOptions.Default).Report!;
        var equal = ReportMerge.Write([first.Journal, same.Journal], folder, ReportOptions.Default).Report!;

        different.Verdict.Status.Should().Be("aborted");
        different.Issues.Should().ContainSingle(i => i.RuleId == "IK1008").Which.Message.Should().EndWith("split aaaa: 1/2; split bbbb: 2/2.");
        equal.Verdict.Status.Should().Be("success");
    }

    [Fact]
    public void A_missing_shard_is_an_issue_and_aborts_the_verdict()
    {
        var report = ReportMerge.Write(shards.Take(3).Select(s => s.Journal), folder, ReportOptions.Default).Report!;

        report.Verdict.Status.Should().Be("aborted");
        report.Issues.Should().ContainSingle(i => i.RuleId == "IK1006").Which.Message.Should().EndWith("no journal of shard 4.");
    }

    [Fact]
    public void A_merged_report_equals_the_unsharded_one_when_normalised()
    {
        using var whole = new SampleRun(runId: "whole").Points();
        for (var i = 1; i <= 4; i++)
        {
            Tests(whole, i);
        }

        whole.Done();
        var options = new ReportOptions { Normalize = true };

        ReportMerge.Write(shards.Select(s => s.Journal), Path.Combine(folder, "sharded"), options);
        ReportFiles.Write(whole.Journal, Path.Combine(folder, "whole"), options);

        foreach (var file in new[] { "report.json", "report.md", "ctrf.json", "junit.xml", "report.html" })
        {
            File.ReadAllBytes(Path.Combine(folder, "sharded", file)).Should().Equal(File.ReadAllBytes(Path.Combine(folder, "whole", file)), file);
        }
    }

    [Fact]
    public void Two_runs_with_the_same_outcomes_are_the_same_bytes_when_normalised()
    {
        using var first = ShopRun.Record("one");
        using var second = ShopRun.Record("two");
        var options = new ReportOptions { Normalize = true };

        var left = first.Write(options).Paths.Select(File.ReadAllBytes).ToList();
        var right = second.Write(options).Paths.Select(File.ReadAllBytes).ToList();

        right.Should().BeEquivalentTo(left, o => o.WithStrictOrdering());
    }

    public void Dispose()
    {
        shards.ForEach(shard => shard.Dispose());
        Directory.Delete(folder, recursive: true);
    }

    private static SampleRun Shard(int number)
    {
        var run = new SampleRun(runId: "sharded", shard: $"{number}/4", shards: 4).Points();
        Tests(run, number);
        return run.Done();
    }

    private static void Tests(SampleRun run, int number)
    {
        run.Endpoint("GET", "/orders", statuses: [200, 404]);
        run.Pass($"Reads_{number}", test =>
        {
            run.Sql(test, "select * from orders", "orders");
            run.Request(test, "GET", "/orders", number == 2 ? 404 : 200);
        }, number % 2 == 0 ? "reading" : null);
        if (number == 3)
        {
            run.Fail("Fails", "Expected order 17 within 12 ms");
        }
    }

    private string Merge(IEnumerable<string> sources)
    {
        var target = Path.Combine(folder, "merged");
        ReportMerge.Write(sources, target, ReportOptions.Default).Problems.Should().BeEmpty();
        return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(target, "report.json"))));
    }

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length == 1
        ? [items]
        : items.SelectMany(first => Permutations([.. items.Where(i => i != first)]).Select(rest => (int[])[first, .. rest]));

    private static SampleRun Split(string shard, string split)
    {
        var run = new SampleRun(runId: shard[..1], shard: shard, shards: 2);
        run.Publish(new Journal.RunPlanned { TestCases = 1, Of = 2, Split = split });
        run.Pass("A" + shard[0]);
        return run.Done();
    }
}
