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

    /// <summary>Time, memory and connections at the end of many tests against their beginning.</summary>
    private static async Task<IReadOnlyList<BenchRow>> GrowthAsync(Worker worker, BenchDatabase database, int tests)
    {
        List<double> times = [];
        var (memory, connections) = (0L, 0.0);
        for (var test = 0; test < tests; test++)
        {
            await BodyAsync(worker.App, test);
            times.Add(await BenchDatabase.TimeAsync(() => new LaneReset(worker.Database).RunAsync(CancellationToken.None)));
            if (test == 200)
            {
                (memory, connections) = (GC.GetTotalMemory(forceFullCollection: true), await ConnectionsAsync(database));
            }
        }

        var early = BenchTable.Median(times.Skip(200).Take(300));
        var late = BenchTable.Median(times.TakeLast(300));
        return
        [
            new BenchRow($"isolation/{tests}-resets/time", "ms", late, "median of the first 300", early, early / late),
            new BenchRow($"isolation/{tests}-resets/managed-memory", "KB", GC.GetTotalMemory(forceFullCollection: true) / 1024.0, "at test 200", memory / 1024.0),
            new BenchRow($"isolation/{tests}-resets/connections", "connections", await ConnectionsAsync(database), "at test 200", connections),
        ];
    }

    private sealed record Worker(LaneDatabase Database, NpgsqlDataSource App, NpgsqlConnection Plain);
}
