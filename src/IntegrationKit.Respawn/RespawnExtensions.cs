using System.Runtime.CompilerServices;
using IntegrationKit.Databases;
using Respawn;

namespace IntegrationKit;

/// <summary>Respawn as the reset of a <see cref="PostgresDatabase"/>.</summary>
public static class RespawnExtensions
{
    /// <summary>
    /// Resets the lanes' databases with Respawn instead of the built-in reset. Slower, and it leaves alone what Respawn leaves
    /// alone: seeded rows must be in <c>TablesToIgnore</c> and must not reference test rows, schema changes stay.
    /// </summary>
    /// <param name="options">The database's options.</param>
    /// <param name="respawn">Respawn's own options. Default: PostgreSQL, every schema but ours, the migration history ignored, sequences reseeded.</param>
    public static PostgresOptions ResetWithRespawn(this PostgresOptions options, RespawnerOptions? respawn = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = respawn ?? new RespawnerOptions
        {
            DbAdapter = DbAdapter.Postgres,
            SchemasToExclude = ["pg_catalog", "information_schema", Catalogue.OwnSchema],
            TablesToIgnore = ["__EFMigrationsHistory", "schemaversions", "VersionInfo", "flyway_schema_history"],
            WithReseed = true,
        };
        ConditionalWeakTable<LaneDatabase, Task<Respawner>> respawners = [];
        return options.UseResetStrategy("respawn", async (database, _) =>
        {
            var connection = database.Session.Connection;
            var respawner = await respawners.GetValue(database, _ => Respawner.CreateAsync(connection, settings)).ConfigureAwait(false);
            await respawner.ResetAsync(connection).ConfigureAwait(false);
        });
    }
}
