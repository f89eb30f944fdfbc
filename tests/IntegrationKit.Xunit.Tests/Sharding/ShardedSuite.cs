using IntegrationKit.FrameworkTests.Specimens;

namespace IntegrationKit.FrameworkTests.Sharding;

/// <summary>The forty tests once in four shards balanced by recorded durations, and once whole.</summary>
public sealed class ShardedSuite : IAsyncLifetime
{
    public const int Count = 4;

    private readonly string durations = Path.Combine(Path.GetTempPath(), $"ik-durations-{Guid.NewGuid():N}.json");

    public IReadOnlyList<SpecimenRun> Shards { get; private set; } = [];

    public SpecimenRun Whole { get; private set; } = null!;

    public async ValueTask InitializeAsync()
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
        var runs = Enumerable.Range(1, Count).Select(number => $"{number}/{Count}").Append("").Select(Start).ToArray();
        foreach (var run in runs)
        {
            await run.WaitAsync();
            run.ExitCode.Should().Be(0, run.Output);
        }

        (Shards, Whole) = (runs[..Count], runs[Count]);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var run in Shards.Append(Whole))
        {
            run.Dispose();
        }

        File.Delete(durations);
        return ValueTask.CompletedTask;
    }

    private SpecimenRun Start(string shard) => SpecimenRun.Start<FortySpecimen>(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["INTEGRATIONKIT_SHARD"] = shard, ["INTEGRATIONKIT_DURATIONS"] = durations },
        "-preEnumerateTheories");
}
