using System.Diagnostics;
using IntegrationKit.Databases;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using Npgsql;

namespace IntegrationKit.Resets;

/// <summary>
/// Brings a lane's database back to its baseline. What the reset function cannot undo exactly, and whatever goes wrong or
/// takes too long, ends in a new clone; it never hangs and never hands out a database it is not sure of.
/// </summary>
internal sealed class LaneReset(LaneDatabase database)
{
    /// <summary>How long a transaction left open by the last test may go on before it is ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private const long Bloated = -3;

    private readonly long started = Stopwatch.GetTimestamp();
    private readonly Dictionary<string, long> tables = [];

    /// <summary>True when sessions were ended because they were in a transaction.</summary>
    public bool EndedTransactions { get; private set; }

    /// <summary>Resets in place where that is exact.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string reason;
        try
        {
            reason = database.Server.Facts.ExactReset
                ? await InPlaceAsync(cancellationToken).ConfigureAwait(false)
                : await new PortableReset(database, tables).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or IndexOutOfRangeException)
        {
            reason = $"the reset failed: {exception.Message}";
        }

        if (reason.Length == 0)
        {
            Publish(Strategy(), null);
            return;
        }

        await CloneAsync(reason, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Now and then, or always: makes sure that the database is clean, and replaces one that is not.</summary>
    public async Task VerifyAsync(bool always, CancellationToken cancellationToken)
    {
        if (!database.Server.Facts.ExactReset || database.Identity.Baseline is not { } expected || !database.LeakCheck.IsDue(always))
        {
            return;
        }

        var differences = await LeakCheck.RunAsync(database.Session.Connection, expected, cancellationToken).ConfigureAwait(false);
        if (differences.Count > 0)
        {
            Issues.Leaked(database, differences);
            await CloneAsync("the check after the reset found rows of an earlier test", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Cleans by a strategy of the user's choice.</summary>
    public async Task RunAsync(string strategy, Func<LaneDatabase, CancellationToken, Task> reset, CancellationToken cancellationToken)
    {
        try
        {
            await reset(database, cancellationToken).ConfigureAwait(false);
            Publish(strategy, null);
        }
        catch (NpgsqlException exception)
        {
            await CloneAsync($"{strategy} failed: {exception.Message}", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>After a lane's last test: as <see cref="RunAsync(CancellationToken)"/>, for a database that is dropped next and needs no new clone.</summary>
    public async Task InspectAsync(CancellationToken cancellationToken)
    {
        if (database.Server.Facts.ExactReset)
        {
            var reason = await InPlaceAsync(cancellationToken).ConfigureAwait(false);
            Publish(Strategy(), reason.Length == 0 ? null : reason);
        }
    }

    /// <summary>Replaces the database by a fresh clone.</summary>
    public async Task CloneAsync(string reason, CancellationToken cancellationToken)
    {
        await database.CloneAgainAsync(cancellationToken).ConfigureAwait(false);
        Publish("clone", reason);
    }

    /// <returns>Empty when the database is clean, else why it needs a new clone.</returns>
    private async Task<string> InPlaceAsync(CancellationToken cancellationToken)
    {
        for (var round = 1; Stopwatch.GetElapsedTime(started) < Deadline; round++)
        {
            ResetAnswer answer;
            try
            {
                answer = await database.Session.ResetAsync(careful: round > 1, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                // Somebody holds a table; whoever that is will be named when asked first.
                continue;
            }

            switch (answer.Verdict)
            {
                case "same":
                    return "";
                case "done":
                    return await DoneAsync(answer, cancellationToken).ConfigureAwait(false);
                case "again":
                    await DoneAsync(answer, cancellationToken).ConfigureAwait(false);
                    await Task.Delay(Math.Min(round, 10), cancellationToken).ConfigureAwait(false);
                    break;
                case "busy":
                    await DoneAsync(answer, cancellationToken).ConfigureAwait(false);
                    await BusyAsync(answer, cancellationToken).ConfigureAwait(false);
                    break;
                case "prepared":
                    Issues.PreparedTransaction(database);
                    await database.Session.RollBackPreparedAsync(cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    return Why(answer);
            }
        }

        return $"other sessions were at work for {Deadline.TotalSeconds:0} s";
    }

    private async Task<string> DoneAsync(ResetAnswer answer, CancellationToken cancellationToken)
    {
        foreach (var (table, rows) in answer.Tables.Where(table => table.Rows != Bloated))
        {
            tables[table] = rows;
        }

        // A few each time, so that no test waits for all; those left have their turn after the next test that writes to them.
        await database.Session.VacuumAsync(answer.Tables.Where(table => table.Rows == Bloated).Take(2).Select(table => table.Table), cancellationToken).ConfigureAwait(false);

        if (answer.Tables.Where(table => table.Rows == -2).Select(table => table.Table).ToArray() is { Length: > 0 } restored)
        {
            await database.Session.FreezeAsync(restored, cancellationToken).ConfigureAwait(false);
        }

        return "";
    }

    private async Task BusyAsync(ResetAnswer answer, CancellationToken cancellationToken)
    {
        if (Stopwatch.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(10, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!EndedTransactions)
        {
            EndedTransactions = true;
            Issues.LeakedTransactions(database, answer.Sessions);
        }

        await database.Session.EndTransactionsAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Why(ResetAnswer answer) => answer.Verdict switch
    {
        "schema" => "the schema was changed",
        "seed" => $"rows of the large seeded table {answer.Parts[^1]} were changed",
        "objects" => "seeded large objects were changed",
        var other => other,
    };

    private string Strategy() => tables.Count == 0 ? "clean" : tables.ContainsValue(-1) ? "truncate" : "delete";

    private void Publish(string strategy, string? reason) => Recorder.Observe(new DatabaseReset
    {
        Point = database.Point,
        Strategy = strategy,
        DurationUs = (long)Stopwatch.GetElapsedTime(started).TotalMicroseconds,
        Tables = tables.Count == 0 ? null : [.. tables.Keys.Select(table => new TableAccess(Plain(table), "write"))],
        Reason = reason,
        Test = database.LastTest?.Execution,
        Via = database.LastTest is null ? null : Via.Lane,
        Origin = Origin.Kit,
        Lane = database.Lane,
    });

    private static string Plain(string quoted) => quoted.Replace("\"", "", StringComparison.Ordinal);
}
