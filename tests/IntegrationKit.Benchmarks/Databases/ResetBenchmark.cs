using IntegrationKit.Resets;
using Npgsql;
using Respawn;

namespace IntegrationKit.Databases;

/// <summary>
/// Our reset against Respawn's, with and without reseeding (the latter promises what ours does). Every method has its own
/// server; rounds are interleaved; the floor is TRUNCATE of one lone table on a third. Rounds before the counted ones let
/// the compiler and the servers' plans settle, for all alike: a suite resets hundreds of times.
/// </summary>
internal static class ResetBenchmark
{
    internal const string Version = "Respawn 7.0.0";

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(BenchOptions options)
    {
        List<BenchRow> rows = [];
        foreach (var tables in options.Tables.Where(tables => options.Wants($"reset/{tables}")))
        {
            await RunAsync(tables, options, rows);
        }

        if (options.Wants("seed"))
        {
            rows.AddRange(await SeedAsync(options));
        }

        if (options.Wants("next-statements"))
        {
            rows.AddRange(await NextStatements.RunAsync(options));
        }

        return rows;
    }

    private static async Task RunAsync(int tables, BenchOptions options, List<BenchRow> rows)
    {
        await using var ours = await BenchDatabase.StartAsync(tables, 1);
        await using var plain = await BenchDatabase.StartAsync(tables, 2);
        await using var reseeding = await BenchDatabase.StartAsync(tables, 3);
        await using var lone = await BenchDatabase.StartAsync(1, 4);
        var (ourSetUp, theirSetUp) = (0.0, 0.0);
        ourSetUp = await BenchDatabase.TimeAsync(async () => await ResetAsync(ours));
        Respawner? respawn = null, reseed = null;
        theirSetUp = await BenchDatabase.TimeAsync(async () => respawn = await CreateAsync(plain, reseed: false));
        reseed = await CreateAsync(reseeding, reseed: true);
        rows.Add(new BenchRow($"reset/{tables}/setup/Respawn", "ms", ourSetUp, Version, theirSetUp, theirSetUp / ourSetUp));
        foreach (var (touched, count) in Cases(tables, options))
        {
            var measured = await RoundsAsync(new Contest(ours, plain, respawn!, reseeding, reseed, lone), touched, count, options.Rounds, WarmUps(tables));
            rows.Add(Row($"reset/{tables}/{touched}x{count}/Respawn", measured, measured.Plain, Version));
            rows.Add(Row($"reset/{tables}/{touched}x{count}/WithReseed", measured, measured.Reseed, Version + " WithReseed"));
        }
    }

    private static IEnumerable<(int Touched, int Rows)> Cases(int tables, BenchOptions options)
    {
        yield return (0, 10);
        yield return (1, 10);
        yield return (5, 10);
        if (tables >= 50)
        {
            yield return (50, 10);
        }

        if (!options.Quick)
        {
            yield return (1, 1000);
            yield return (5, 1000);
        }

        if (tables >= 50)
        {
            yield return (50, 1000);
        }
    }

    private static int WarmUps(int tables) => tables switch
    {
        <= 10 => 30,
        <= 100 => 6,
        _ => 2,
    };

    private static async Task<Measured> RoundsAsync(Contest contest, int touched, int count, int rounds, int warmUps)
    {
        List<double> ours = [], plain = [], reseed = [], floor = [];
        for (var round = -warmUps; round < rounds; round++)
        {
            var seed = (touched * 1000) + round + warmUps;
            await contest.Ours.TouchAsync(touched, count, new Random(seed));
            Keep(ours, round, await BenchDatabase.TimeAsync(() => ResetAsync(contest.Ours)));
            await contest.Plain.TouchAsync(touched, count, new Random(seed));
            Keep(plain, round, await BenchDatabase.TimeAsync(() => ResetAsync(contest.Plain, contest.Respawn)));
            await contest.Reseeding.TouchAsync(touched, count, new Random(seed));
            Keep(reseed, round, await BenchDatabase.TimeAsync(() => ResetAsync(contest.Reseeding, contest.Reseed)));
            await contest.Lone.TouchAsync(1, 10, new Random(seed));
            Keep(floor, round, await BenchDatabase.TimeAsync(() => contest.Lone.Lane.Session.ExecuteAsync("TRUNCATE public.t0", CancellationToken.None)));
        }

        return new Measured(BenchTable.Median(ours), BenchTable.Median(plain), BenchTable.Median(reseed), BenchTable.Median(floor));
    }

    /// <summary>A seed of 200,000 rows must cost next to nothing as long as nobody changes it.</summary>
    private static async Task<IReadOnlyList<BenchRow>> SeedAsync(BenchOptions options)
    {
        await using var unseeded = await BenchDatabase.StartAsync(100, 1);
        await using var seeded = await BenchDatabase.StartAsync(100, 5, "CREATE TABLE reference (id int PRIMARY KEY, body text); INSERT INTO reference SELECT i, repeat('x', 150) FROM generate_series(1, 200000) i;");
        List<double> with = [], without = [];
        for (var round = -2; round < options.Rounds; round++)
        {
            await unseeded.TouchAsync(5, 10, new Random(round));
            Keep(without, round, await BenchDatabase.TimeAsync(() => ResetAsync(unseeded)));
            await seeded.TouchAsync(5, 10, new Random(round));
            Keep(with, round, await BenchDatabase.TimeAsync(() => ResetAsync(seeded)));
        }

        var (a, b) = (BenchTable.Median(with), BenchTable.Median(without));
        return [new BenchRow("reset/100/5x10/seed-200000", "ms", a, "ours without seed", b, b / a)];
    }

    internal static Task ResetAsync(BenchDatabase database) => new LaneReset(database.Lane).RunAsync(CancellationToken.None);

    internal static Task ResetAsync(BenchDatabase database, Respawner respawn) => respawn.ResetAsync(database.Plain);

    internal static async Task<Respawner> CreateAsync(BenchDatabase database, bool reseed) =>
        await Respawner.CreateAsync(database.Plain, new RespawnerOptions
        {
            DbAdapter = DbAdapter.Postgres,
            SchemasToInclude = ["public"],
            WithReseed = reseed,
            CommandTimeout = 120,
        });

    private static void Keep(List<double> values, int round, double value)
    {
        if (round >= 0)
        {
            values.Add(value);
        }
    }

    private static BenchRow Row(string name, Measured measured, double peer, string version) =>
        new(name, "ms", measured.Ours, version, peer, peer / measured.Ours, measured.Floor);

    private sealed record Contest(BenchDatabase Ours, BenchDatabase Plain, Respawner Respawn, BenchDatabase Reseeding, Respawner Reseed, BenchDatabase Lone);

    private sealed record Measured(double Ours, double Plain, double Reseed, double Floor);
}
