using System.Diagnostics;
using IntegrationKit.Servers;

namespace IntegrationKit.Databases;

/// <summary>
/// From nothing to the first query on a migrated 100-table database: from the cache, against what one would do by hand
/// (initdb, start, create, migrate), and against our own first run, which fills the cache.
/// </summary>
internal static class StartBenchmark
{
    private const string ByHand = "initdb + start + migrate, PostgreSQL's defaults";

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(BenchOptions options)
    {
        var root = Directory.CreateTempSubdirectory("ik-bench").FullName;
        List<double> warm = [], cold = [], byHand = [], existing = [];
        for (var round = -2; round < Math.Min(options.Rounds, 9); round++)
        {
            Environment.SetEnvironmentVariable("INTEGRATIONKIT_CACHE", Path.Combine(root, $"cold{round}"));
            var coldTime = options.Quick && round >= 0 ? 0 : await FirstQueryAsync();
            Environment.SetEnvironmentVariable("INTEGRATIONKIT_CACHE", Path.Combine(root, "warm"));
            var warmTime = await FirstQueryAsync();
            var handTime = await PlainCluster.FirstQueryAsync(BenchDatabase.Schema(100));
            if (round >= 0)
            {
                cold.Add(coldTime);
                warm.Add(warmTime);
                byHand.Add(handTime);
            }
        }

        Directory.Delete(root, recursive: true);
        var (a, b, c) = (BenchTable.Median(warm), BenchTable.Median(byHand), BenchTable.Median(cold));
        List<BenchRow> rows = [new BenchRow("start/local/100-tables/initdb+migrate", "ms", a, ByHand, b, b / a)];
        if (!options.Quick)
        {
            rows.Add(new BenchRow("start/local/100-tables/first-run", "ms", a, "our first run, cache empty", c, c / a));
        }

        return rows;
    }

    internal static async Task<double> FirstQueryAsync()
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
