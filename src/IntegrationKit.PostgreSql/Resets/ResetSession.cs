using System.Globalization;
using IntegrationKit.Servers;
using IntegrationKit.Sql;
using Npgsql;
using NpgsqlTypes;

namespace IntegrationKit.Resets;

/// <summary>
/// The one connection per database over which it is reset: triggers and rules off, short lock waits, the function's plans
/// kept. Not thread-safe; a lane resets one test after the other.
/// </summary>
internal sealed class ResetSession(NpgsqlDataSource source, NpgsqlConnection connection) : IAsyncDisposable
{
    /// <summary>So often the sizes of written tables are asked for in any case: dead rows collect slowly.</summary>
    private const int SizesAskedEvery = 16;

    private NpgsqlCommand? reset;
    private NpgsqlLogSequenceNumber lastPosition;
    private ulong lastSeen;
    private int resets;

    public static string ConnectionString(PostgresServer server, string database) =>
        new NpgsqlConnectionStringBuilder(server.ConnectionStringFor(database))
        {
            ApplicationName = "IntegrationKit reset",
            Pooling = false,
            Enlist = false,
            CommandTimeout = 15,
            Options = (server.Facts.Superuser ? "-c session_replication_role=replica -c row_security=off " : "")
                + "-c lock_timeout=150ms -c synchronous_commit=on -c search_path=pg_catalog -c default_transaction_read_only=off "
                + "-c default_transaction_isolation=read\\ committed -c client_min_messages=warning",
        }.ConnectionString;

    public static async Task<ResetSession> OpenAsync(PostgresServer server, string database, CancellationToken cancellationToken)
    {
        var source = Connections.Quiet(ConnectionString(server, database));
        try
        {
            return new ResetSession(source, await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public NpgsqlConnection Connection => connection;

    /// <summary>Asks the database to reset itself.</summary>
    /// <param name="careful">Look for sessions in a transaction before anything else.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<ResetAnswer> ResetAsync(bool careful, CancellationToken cancellationToken)
    {
        if (reset is null)
        {
            reset = connection.CreateCommand();
            reset.CommandText = "SELECT integrationkit.reset($1, $2, $3)";
            reset.Parameters.Add(new NpgsqlParameter<ulong> { NpgsqlDbType = NpgsqlDbType.Xid8 });
            reset.Parameters.Add(new NpgsqlParameter<NpgsqlLogSequenceNumber> { NpgsqlDbType = NpgsqlDbType.PgLsn });
            reset.Parameters.Add(new NpgsqlParameter<bool> { NpgsqlDbType = NpgsqlDbType.Boolean });
            await reset.PrepareAsync(cancellationToken).ConfigureAwait(false);
        }

        ((NpgsqlParameter<ulong>)reset.Parameters[0]).TypedValue = lastSeen;
        ((NpgsqlParameter<NpgsqlLogSequenceNumber>)reset.Parameters[1]).TypedValue = resets++ % SizesAskedEvery == 0 ? default : lastPosition;
        ((NpgsqlParameter<bool>)reset.Parameters[2]).TypedValue = careful;
        var answer = new ResetAnswer((string[])(await reset.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!);
        (lastSeen, lastPosition) = (answer.Marker, answer.Position);
        return answer;
    }

    /// <summary>
    /// A restored table is frozen again, outside the function because VACUUM cannot run in one; the next reset then finds it
    /// unchanged.
    /// </summary>
    public async Task FreezeAsync(IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            await ExecuteAsync($"VACUUM (FREEZE, INDEX_CLEANUP ON) {table}", cancellationToken).ConfigureAwait(false);
        }

        await ExecuteAsync(SeedScript.FreezeCheck, cancellationToken).ConfigureAwait(false);
        lastSeen = 0;
    }

    /// <summary>Gives the pages of deleted rows back; a table that somebody holds is passed over.</summary>
    public async Task VacuumAsync(IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            try
            {
                await ExecuteAsync($"VACUUM (SKIP_LOCKED, INDEX_CLEANUP ON, TRUNCATE ON) {table}", cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException)
            {
                // Its rows are deleted all the same; the next reset asks for it again.
            }
        }
    }

    /// <summary>Ends every other session on this database that is in a transaction; false when one does not go away.</summary>
    public async Task<bool> EndTransactionsAsync(CancellationToken cancellationToken)
    {
        var wait = connection.PostgreSqlVersion.Major >= 14 ? ", 2000" : "";
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT coalesce(bool_and(pg_terminate_backend(pid{wait})), true) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
              AND (backend_xid IS NOT NULL OR state LIKE 'idle in%')
            """;
        return (bool)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Rolls back prepared transactions of this database.</summary>
    public async Task RollBackPreparedAsync(CancellationToken cancellationToken)
    {
        List<string> names = [];
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT gid FROM pg_prepared_xacts WHERE database = current_database()";
            using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                names.Add(reader.GetString(0));
            }
        }

        foreach (var name in names)
        {
            await ExecuteAsync("ROLLBACK PREPARED " + Identifiers.Literal(name), cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task ExecuteAsync(string text, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (reset is not null)
        {
            await reset.DisposeAsync().ConfigureAwait(false);
        }

        await connection.DisposeAsync().ConfigureAwait(false);
        await source.DisposeAsync().ConfigureAwait(false);
    }
}

/// <summary>What the reset function said; see <see cref="ResetScript"/>.</summary>
internal sealed record ResetAnswer(string[] Parts)
{
    public string Verdict => Parts[0];

    /// <summary>The transaction id from which on something may have changed, or 0 when that cannot be said.</summary>
    public ulong Marker => ulong.TryParse(Parts[1], CultureInfo.InvariantCulture, out var marker) ? marker : 0;

    /// <summary>Where the log stood; the beginning when it was not said.</summary>
    public NpgsqlLogSequenceNumber Position => NpgsqlLogSequenceNumber.TryParse(Parts[2], out var position) ? position : default;

    /// <summary>Sessions that are in a transaction: pid, state, application, last statement.</summary>
    public IReadOnlyList<string[]> Sessions => [.. Pairs.Where(pair => pair[0].Length == 0).Select(pair => pair[1].Split('\t'))];

    /// <summary>Quoted table names and rows removed; -1 truncated, -2 restored from its shadow copy, -3 (a second time) full of dead rows.</summary>
    public IReadOnlyList<(string Table, long Rows)> Tables =>
        [.. Pairs.Where(pair => pair[0].Length > 0).Select(pair => (pair[0], long.Parse(pair[1], CultureInfo.InvariantCulture)))];

    private IEnumerable<string[]> Pairs => Parts.Skip(3).Chunk(2).Where(pair => pair.Length == 2);
}
