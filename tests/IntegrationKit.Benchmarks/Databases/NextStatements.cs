using System.Globalization;
using Npgsql;

namespace IntegrationKit.Databases;

/// <summary>
/// What the application pays for the first statements after a reset, against after a rollback: five inserts into the tables
/// that were just emptied. The price is the processor time of the server process that serves the application's connection:
/// plans made anew, caches read again, dead rows skipped. The time on the clock is measured beside it; of that millisecond
/// most is waiting for the scheduler, and a connection that rested for as long as a reset takes waits longer, which is why
/// there is a second rollback with a rest.
/// </summary>
internal static class NextStatements
{
    public static async Task<IReadOnlyList<BenchRow>> RunAsync(BenchOptions options)
    {
        await using var ours = await BenchDatabase.StartAsync(100, 1);
        await using var plain = await BenchDatabase.StartAsync(100, 2);
        await using var rolled = await BenchDatabase.StartAsync(100, 6);
        var respawn = await ResetBenchmark.CreateAsync(plain, reseed: false);
        List<Price> afterReset = [], afterRespawn = [], afterRollback = [], afterRest = [];
        for (var round = -20; round < options.Rounds * 10; round++)
        {
            Keep(afterRollback, round, await AfterRollbackAsync(rolled, static () => Task.CompletedTask));
            Keep(afterReset, round, await AfterAsync(ours, () => ResetBenchmark.ResetAsync(ours)));
            Keep(afterRest, round, await AfterRollbackAsync(rolled, () => rolled.Lane.Session.ExecuteAsync("SELECT count(*) FROM generate_series(1, 15000)", CancellationToken.None)));
            if (round % 5 == 0)
            {
                Keep(afterRespawn, round, await AfterAsync(plain, () => ResetBenchmark.ResetAsync(plain, respawn)));
            }
        }

        return
        [
            .. Rows("rollback", "after a rollback", afterReset, afterRollback),
            .. Rows("rollback-and-rest", "after a rollback, while another connection worked as long", afterReset, afterRest),
            .. Rows("Respawn", ResetBenchmark.Version, afterReset, afterRespawn),
        ];
    }

    private static IEnumerable<BenchRow> Rows(string name, string peer, List<Price> ours, List<Price> theirs)
    {
        yield return Row($"reset/100/next-statements/{name}", "ms processor time", peer, ours, theirs, static price => price.Processor);
        yield return Row($"reset/100/next-statements/{name}/clock", "ms", peer, ours, theirs, static price => price.Clock);
    }

    private static BenchRow Row(string name, string unit, string peer, List<Price> ours, List<Price> theirs, Func<Price, double> of)
    {
        var (a, b) = (BenchTable.Median([.. ours.Select(of)]), BenchTable.Median([.. theirs.Select(of)]));
        return new BenchRow(name, unit, a, peer, b, b / a);
    }

    private static async Task<Price> AfterRollbackAsync(BenchDatabase database, Func<Task> meanwhile)
    {
        await using var connection = await database.App.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await InsertAsync(connection);
        await transaction.RollbackAsync();
        await meanwhile();
        var price = await PriceAsync(connection);
        await using var clean = new NpgsqlCommand("DELETE FROM t4; DELETE FROM t3; DELETE FROM t2; DELETE FROM t1; DELETE FROM t0", connection);
        await clean.ExecuteNonQueryAsync();
        return price;
    }

    private static async Task<Price> AfterAsync(BenchDatabase database, Func<Task> reset)
    {
        await using var connection = await database.App.OpenConnectionAsync();
        await InsertAsync(connection);
        await reset();
        return await PriceAsync(connection);
    }

    private static async Task<Price> PriceAsync(NpgsqlConnection connection)
    {
        var before = await ProcessorAsync(connection.ProcessID);
        var clock = await BenchDatabase.TimeAsync(() => InsertAsync(connection));
        return new Price(clock, await ProcessorAsync(connection.ProcessID) - before);
    }

    private static async Task InsertAsync(NpgsqlConnection connection)
    {
        for (var table = 0; table < 5; table++)
        {
            await using var command = new NpgsqlCommand($"INSERT INTO t{table} (a, b) VALUES ('x', 'y')", connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Milliseconds that the process has run; Linux counts them in nanoseconds, exactly once the process waits again.</summary>
    // Source: https://docs.kernel.org/scheduler/sched-stats.html
    private static async Task<double> ProcessorAsync(int process)
    {
        while (!(await File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"))).Contains(") S ", StringComparison.Ordinal))
        {
            await Task.Yield();
        }

        var text = await File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/schedstat"));
        return long.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture) / 1e6;
    }

    private static void Keep(List<Price> prices, int round, Price price)
    {
        if (round >= 0)
        {
            prices.Add(price);
        }
    }

    // Clock, Processor: Milliseconds.
    private sealed record Price(double Clock, double Processor);
}
