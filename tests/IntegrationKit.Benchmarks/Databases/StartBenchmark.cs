using System.Diagnostics;
using IntegrationKit.Servers;

namespace IntegrationKit.Databases;

/// <summary>From nothing to the first query on a migrated 100-table database: from the cache, against initdb and migrations.</summary>
internal static class StartBenchmark
{
    public static async Task<IReadOnlyList<BenchRow>> RunAsync(BenchOptions options)
    {
        var root = Directory.CreateTempSubdirectory("ik-bench").FullName;
        List<double> warm = [], cold = [];
        for (var round = -1; round < Math.Min(options.Rounds, 9); round++)
        {
            Environment.SetEnvironmentVariable("INTEGRATIONKIT_CACHE", Path.Combine(root, $"cold{round}"));
            var coldTime = await FirstQueryAsync();
            Environment.SetEnvironmentVariable("INTEGRATIONKIT_CACHE", Path.Combine(root, "warm"));
            var warmTime = await FirstQueryAsync();
            if (round >= 0)
            {
                cold.Add(coldTime);
                warm.Add(warmTime);
            }
        }

        Directory.Delete(root, recursive: true);
        var (a, b) = (BenchTable.Median(warm), BenchTable.Median(cold));
        return [new BenchRow("start/local/100-tables/initdb+migrate", "ms", a, "initdb + migrate + first query (ours, cold cache)", b, b / a)];
    }

    private static async Task<double> FirstQueryAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await using (var database = await BenchDatabase.StartAsync(100, 20))
        {
            await using var command = database.App.CreateCommand("SELECT count(*) FROM t0");
            await command.ExecuteScalarAsync();
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            return await StoppedAsync(elapsed);
        }
    }

    private static async Task<double> StoppedAsync(double elapsed)
    {
        await SharedServers.StopAllAsync();
        return elapsed;
    }
}
