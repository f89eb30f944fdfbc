using IntegrationKit.Databases;
using IntegrationKit.Resets;
using IntegrationKit.Servers;
using Npgsql;

namespace IntegrationKit.Templates;

/// <summary>
/// Makes a migrated and seeded database ready for exact, cheap resets: sequences get a defined position, seeded tables are
/// frozen (so that any later change shows in their visibility map) and the small ones get a shadow copy, schema changes are
/// watched, and the reset itself is written as one function.
/// </summary>
internal sealed class TemplateFinish(PostgresServer server, IReadOnlyList<string> keptTables)
{
    /// <summary>Seeded tables above this size are restored by a new clone instead of a shadow copy.</summary>
    private const long ShadowLimit = 4 * 1024 * 1024;

    public async Task RunAsync(string database, CancellationToken cancellationToken)
    {
        var source = Connections.Quiet(ResetSession.ConnectionString(server, database));
        await using (source.ConfigureAwait(false))
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                await FinishAsync(connection, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task FinishAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await RunAsync(connection, WatchScript.Text(server.Facts.ExactReset), cancellationToken).ConfigureAwait(false);
        var catalogue = await Catalogue.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        var baseline = await Baseline.ReadAsync(connection, catalogue, keptTables, cancellationToken).ConfigureAwait(false);
        if (baseline.Sequences.Count > 0)
        {
            await RunAsync(connection, baseline.SetSequences + ";", cancellationToken).ConfigureAwait(false);
        }

        if (server.Facts.ExactReset)
        {
            await FreezeAsync(connection, baseline, cancellationToken).ConfigureAwait(false);
            await RunAsync(connection, ResetScript.Create(baseline), cancellationToken).ConfigureAwait(false);
            var state = await PortableBaseline.StateAsync(connection, baseline, cancellationToken).ConfigureAwait(false);
            await RunAsync(connection, (baseline with { Fingerprint = state.Fingerprint }).WriteDown(), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task FreezeAsync(NpgsqlConnection connection, Baseline baseline, CancellationToken cancellationToken)
    {
        if (baseline.Seeded.Count == 0)
        {
            return;
        }

        // The commit records must be on disk before a page can be marked as visible to all.
        await RunAsync(connection, "CHECKPOINT", cancellationToken).ConfigureAwait(false);
        foreach (var table in baseline.Seeded)
        {
            await RunAsync(connection, $"VACUUM (FREEZE, INDEX_CLEANUP ON) {table.Quoted}", cancellationToken).ConfigureAwait(false);
        }

        foreach (var table in baseline.Seeded)
        {
            await RunAsync(connection, SeedScript.Register(table, ShadowLimit), cancellationToken).ConfigureAwait(false);
        }

        await RunAsync(connection, "ANALYZE; " + SeedScript.FreezeCheck, cancellationToken).ConfigureAwait(false);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
