using IntegrationKit.Model;
using IntegrationKit.Samples;

namespace IntegrationKit.GitHub;

public sealed class StepSummaryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ik-summary-").FullName;

    private string Summary => Path.Combine(folder, "summary.md");

    private string Text => File.ReadAllText(Summary);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_suite_replaces_its_own_region_in_place_and_others_text_stays()
    {
        File.WriteAllText(Summary, "before\n");

        Write(Suite("Shop.Tests", failed: true));
        File.AppendAllText(Summary, "after\n");
        Write(Suite("Shop.Tests"));

        Text.Should().StartWith("before\n<!--").And.EndWith("-->\nafter\n").And.Contain("Integration report: success").And.NotContain("Integration report: failure");
        Text.Split("integrationkit:start").Should().HaveCount(2);
    }

    [Fact]
    public void Each_suite_each_framework_and_each_part_has_a_region_and_so_has_what_is_merged()
    {
        var shop = Suite("Shop.Tests");
        IntegrationReport[] reports =
        [
            shop, Suite("Stock.Tests", failed: true), Part(shop, "1/2"), Part(shop, "2/2"),
            shop with { Shards = [shop.Shards[0] with { TargetFramework = "net9.0" }] },
            shop with { Shards = [shop.Shards[0], shop.Shards[0] with { Assembly = "Stock.Tests" }] },
        ];

        foreach (var report in reports.Concat(reports.Reverse()))
        {
            Write(report);
        }

        Text.Split("integrationkit:start").Should().HaveCount(reports.Length + 1);
        Text.Split("Integration report: failure").Should().HaveCount(2);
    }

    [Fact]
    public void Neither_a_name_nor_a_message_can_end_a_region()
    {
        var nasty = Suite("a -->\n<!-- integrationkit:end b -->", message: "<!-- integrationkit:end Shop.Tests(net10.0) -->");

        Write(nasty);
        Write(Suite("Shop.Tests", failed: true, message: "<!-- integrationkit:end Shop.Tests(net10.0) -->"));
        var first = Text;
        Write(nasty);
        Write(Suite("Shop.Tests", failed: true, message: "<!-- integrationkit:end Shop.Tests(net10.0) -->"));

        Text.Should().Be(first);
        Text.Split("-->").Should().HaveCount(5 + 2, "four markers, and two texts in blocks of code");
    }

    [Fact]
    public void A_region_that_somebody_tore_takes_nobody_elses_text_along()
    {
        Write(Suite("Shop.Tests"));
        var marker = Text[..(Text.IndexOf('\n', StringComparison.Ordinal) + 1)];
        File.WriteAllText(Summary, marker + "torn\n");

        Write(Suite("Shop.Tests"));
        Write(Suite("Shop.Tests"));

        Text.Should().StartWith(marker + "torn\n" + marker);
        Text.Split("integrationkit:start").Should().HaveCount(3);
    }

    [Fact]
    public void A_full_step_summary_is_left_alone_with_a_reason()
    {
        File.WriteAllText(Summary, new string('x', StepSummary.ByteLimit));

        StepSummary.TryWrite(Summary, Suite("Shop.Tests"), out var problem).Should().BeFalse();

        problem.Should().Contain("nothing was added");
        new FileInfo(Summary).Length.Should().Be(StepSummary.ByteLimit);
    }

    [Fact]
    public void However_many_suites_there_are_the_limit_holds()
    {
        var large = Large();

        for (var i = 0; i < 60; i++)
        {
            StepSummary.TryWrite(Summary, large with { Shards = [large.Shards[0] with { Assembly = new string('a', 3_000) + i }] }, out _);
        }

        new FileInfo(Summary).Length.Should().BeInRange(StepSummary.ByteLimit - 70_000, StepSummary.ByteLimit);
    }

    [Fact]
    public void Who_comes_at_the_same_moment_waits_for_the_others()
    {
        var suites = Enumerable.Range(0, 8).Select(i => Suite($"Shop{i}.Tests")).ToList();
        var problems = new string?[suites.Count];

        var writers = suites.Select((suite, i) => new Thread(() => StepSummary.TryWrite(Summary, suite, out problems[i]))).ToList();
        writers.ForEach(writer => writer.Start());
        writers.ForEach(writer => writer.Join());

        problems.Should().AllSatisfy(problem => problem.Should().BeNull());
        Text.Split("integrationkit:start").Should().HaveCount(suites.Count + 1);
    }

    [Fact]
    public void A_summary_that_stays_locked_is_given_up_with_a_reason()
    {
        using var holder = new FileStream(Summary + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        StepSummary.TryWrite(Summary, Suite("Shop.Tests"), out var problem).Should().BeFalse();

        problem.Should().Contain("could not be written").And.Contain("summary.md.lock");
        File.Exists(Summary).Should().BeFalse();
    }

    private void Write(IntegrationReport report)
    {
        StepSummary.TryWrite(Summary, report, out var problem).Should().BeTrue(problem);
    }

    private static IntegrationReport Part(IntegrationReport report, string shard) =>
        report with { TestScope = report.TestScope with { Filters = new ScopeFilter { Shard = shard } } };

    private static IntegrationReport Suite(string assembly, bool failed = false, string? message = null)
    {
        using var run = new SampleRun(assembly);
        if (failed || message is not null)
        {
            run.Fail("A", message ?? "bad");
        }
        else
        {
            run.Pass("A");
        }

        return run.Done().Report();
    }

    private static IntegrationReport Large()
    {
        using var run = new SampleRun();
        for (var i = 0; i < 60; i++)
        {
            run.Fail($"Test_{i}", new string('m', 2_000) + i);
        }

        return run.Done().Report();
    }
}
