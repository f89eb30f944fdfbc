using IntegrationKit.FrameworkTests.Specimens;
using IntegrationKit.Journal;

namespace IntegrationKit.FrameworkTests.Sharding;

public sealed class ShardedRunTests : IDisposable
{
    private readonly string durations = Path.Combine(Path.GetTempPath(), $"ik-durations-{Guid.NewGuid():N}.json");

    [Fact]
    public async Task Four_shards_are_the_whole_suite_without_overlap_and_in_balance()
    {
        // A is long, and so is B; the rows are short.
        await File.WriteAllTextAsync(durations, """
            { "testResults": { "tests": [
              { "className": "IntegrationKit.FrameworkTests.Specimens.FortySpecimen", "methodName": "A", "durationUs": 9000 },
              { "className": "IntegrationKit.FrameworkTests.Specimens.FortySpecimen", "methodName": "B", "durationUs": 8000 },
              { "className": "IntegrationKit.FrameworkTests.Specimens.FortySpecimen", "methodName": "C", "durationUs": 1000 },
              { "className": "IntegrationKit.FrameworkTests.Specimens.FortySpecimen", "methodName": "D", "durationUs": 1000 },
              { "className": "IntegrationKit.FrameworkTests.Specimens.FortySpecimen", "methodName": "Row", "durationUs": 36000 } ] } }
            """, TestContext.Current.CancellationToken);

        var shards = new List<string[]>();
        for (var number = 1; number <= 4; number++)
        {
            shards.Add(await RunAsync(number));
        }

        shards.SelectMany(tests => tests).Should().OnlyHaveUniqueItems().And.HaveCount(40);
        var loads = shards.Select(tests => tests.Sum(Weight)).ToArray();
        loads.Max().Should().BeLessThanOrEqualTo((int)(loads.Average() * 1.3));
    }

    [Fact]
    public async Task A_wrong_shard_stops_the_run_and_says_what_to_write()
    {
        using var run = SpecimenRun.Start<FortySpecimen>(Shard("nonsense"), "-preEnumerateTheories");

        await run.WaitAsync();

        run.ExitCode.Should().NotBe(0);
        (run.Output + run.Errors).Should().Contain("INTEGRATIONKIT_SHARD is 'nonsense'");
    }

    public void Dispose() => File.Delete(durations);

    private static int Weight(string test) => test[^1] switch { 'A' => 9000, 'B' => 8000, _ => 1000 };

    private static Dictionary<string, string> Shard(string shard) => new(StringComparer.Ordinal) { ["INTEGRATIONKIT_SHARD"] = shard };

    private async Task<string[]> RunAsync(int number)
    {
        var environment = Shard($"{number}/4");
        environment["INTEGRATIONKIT_DURATIONS"] = durations;
        using var run = SpecimenRun.Start<FortySpecimen>(environment, "-preEnumerateTheories");
        await run.WaitAsync();
        run.ExitCode.Should().Be(0, run.Output);
        var journal = run.Journal();
        journal.OfType<RunStarted>().Single().Should().Match<RunStarted>(start => start.ShardId == $"{number}/4" && start.ShardCount == 4);
        journal.OfType<RunPlanned>().Single().Of.Should().Be(40);
        return [.. journal.OfType<TestStarted>().Select(test => test.Name)];
    }
}
