using System.Diagnostics;
using System.Globalization;
using IntegrationKit.Resets;
using Npgsql;
using Respawn;

namespace IntegrationKit.Databases;

/// <summary>Tests per second with several workers on one server: each test writes five tables and reads them, then is reset.</summary>
internal static class IsolationBenchmark
{
    private const string Version = "Respawn 7.0.0 WithReseed";

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(BenchOptions options)
    {
        await using var ours = await BenchDatabase.StartAsync(100, 1);
        await using var theirs = await BenchDatabase.StartAsync(100, 2);
        var ourLanes = await LanesAsync(ours);
        var theirLanes = await LanesAsync(theirs);
        var respawners = await Task.WhenAll(theirLanes.Select(lane => Respawner.CreateAsync(lane.Plain, new RespawnerOptions
        {
            DbAdapter = DbAdapter.Postgres,
            SchemasToInclude = ["public"],
            WithReseed = true,
            CommandTimeout = 120,
        })));
        List<BenchRow> rows = [];
        foreach (var workers in new[] { 1, 2, 4, 8 })
        {
            List<double> us = [], them = [];
            for (var round = -1; round < 3; round++)
            {
                var mine = await RunAsync(ourLanes, workers, options.Quick ? 30 : 60, i => new LaneReset(ourLanes[i].Database).RunAsync(CancellationToken.None));
                var others = await RunAsync(theirLanes, workers, options.Quick ? 6 : 12, i => respawners[i].ResetAsync(theirLanes[i].Plain));
                if (round >= 0)
                {
                    us.Add(mine);
                    them.Add(others);
                }
            }

            var (a, b) = (BenchTable.Median(us), BenchTable.Median(them));
            rows.Add(new BenchRow($"isolation/{workers}-workers/Respawn", "tests/s", a, Version, b, a / b));
        }

        rows.Add(new BenchRow("isolation/connections-per-worker", "connections", await ConnectionsAsync(ours) / 8.0));
        rows.AddRange(await GrowthAsync(ourLanes[0], ours, options.Quick ? 2000 : 10000));
        return rows;
    }

    private static async Task<List<Worker>> LanesAsync(BenchDatabase database)
    {
        List<Worker> lanes = [new(database.Lane, database.App, database.Plain)];
        for (var i = 1; i < 8; i++)
        {
            var lane = await database.AnotherLaneAsync(i);
            var plain = new NpgsqlConnection(lane.ConnectionString);
            await plain.OpenAsync();
            lanes.Add(new Worker(lane, NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(lane.ConnectionString) { ApplicationName = "app" }.ConnectionString), plain));
        }

        return lanes;
    }

    private static async Task<double> RunAsync(List<Worker> lanes, int workers, int tests, Func<int, Task> reset)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(i => Task.Run(async () =>
        {
            for (var test = 0; test < tests; test++)
            {
                await BodyAsync(lanes[i].App, test);
                await reset(i);
            }
        })));
        return workers * tests / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task BodyAsync(NpgsqlDataSource app, int test)
    {
        await using var connection = await app.OpenConnectionAsync();
        for (var i = 0; i < 5; i++)
        {
            var table = ((test * 7) + (i * 13)) % 100;
            await using var insert = new NpgsqlCommand($"INSERT INTO t{table} (a, b) SELECT 'x', 'y' FROM generate_series(1, 10); SELECT count(*) FROM t{table}", connection);
            await insert.ExecuteScalarAsync();
        }
    }

    private static async Task<double> ConnectionsAsync(BenchDatabase database)
    {
        await using var command = database.App.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE datname LIKE 'ik\\_own\\_%' AND pid NOT IN (SELECT pid FROM pg_stat_activity WHERE application_name = '')");
        return Convert.ToDouble(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Memory of all the server's processes that no other process shares, in KB; 0 where that cannot be seen.</summary>
    private static async Task<double> ServerMemoryAsync(BenchDatabase database)
    {
        await using var command = database.App.CreateCommand("SELECT array_agg(pid) FROM pg_stat_activity");
        var processes = (int[])(await command.ExecuteScalarAsync())!;
        return processes.Select(process => $"/proc/{process}/smaps_rollup").Where(File.Exists)
            .SelectMany(File.ReadLines).Where(line => line.StartsWith("Private_", StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Time, memory and connections in the last quarter of many tests against the first one.</summary>
    private static async Task<IReadOnlyList<BenchRow>> GrowthAsync(Worker worker, BenchDatabase database, int tests)
    {
        List<double> times = [];
        var (memory, server, connections) = (0L, 0.0, 0.0);
        for (var test = 0; test < tests; test++)
        {
            await BodyAsync(worker.App, test);
            times.Add(await BenchDatabase.TimeAsync(() => new LaneReset(worker.Database).RunAsync(CancellationToken.None)));
            if (test == tests / 4)
            {
                (memory, server, connections) = (GC.GetTotalMemory(forceFullCollection: true), await ServerMemoryAsync(database), await ConnectionsAsync(database));
            }
        }

        var (early, late) = (BenchTable.Median(times.Take(tests / 4)), BenchTable.Median(times.TakeLast(tests / 4)));
        var (memoryAfter, serverAfter) = (GC.GetTotalMemory(forceFullCollection: true), await ServerMemoryAsync(database));
        return
        [
            new BenchRow($"isolation/{tests}-tests/reset-time", "ms", late, "first quarter", early, early / late),
            new BenchRow($"isolation/{tests}-tests/managed-memory", "KB", memoryAfter / 1024.0, "after the first quarter", memory / 1024.0, (double)memory / memoryAfter),
            new BenchRow($"isolation/{tests}-tests/server-memory", "KB", serverAfter, "after the first quarter", server, server / serverAfter),
            new BenchRow($"isolation/{tests}-tests/connections", "connections", await ConnectionsAsync(database), "after the first quarter", connections),
        ];
    }

    private sealed record Worker(LaneDatabase Database, NpgsqlDataSource App, NpgsqlConnection Plain);
}
