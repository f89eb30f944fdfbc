using System.Globalization;
using Npgsql;

namespace IntegrationKit.Resets;

/// <summary>What a database without our functions looks like at its baseline, told by one query.</summary>
internal sealed record PortableBaseline(Baseline Baseline, string Fingerprint)
{
    public static async Task<PortableBaseline> ReadAsync(NpgsqlConnection connection, Baseline baseline, CancellationToken cancellationToken)
    {
        var state = await StateAsync(connection, baseline, cancellationToken).ConfigureAwait(false);
        return new PortableBaseline(baseline, state.Fingerprint);
    }

    public static async Task<PortableState> StateAsync(NpgsqlConnection connection, Baseline baseline, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Query(baseline);
        using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new PortableState(reader.GetBoolean(0), reader.GetString(1), (bool[])reader.GetValue(2), reader.GetBoolean(3));
    }

    /// <summary>Temporary tables of other sessions are theirs alone.</summary>
    private static string Lasting(string relation) => $"NOT EXISTS (SELECT FROM pg_class t WHERE t.oid = {relation} AND t.relpersistence = 't')";

    private static string Query(Baseline baseline)
    {
        var seeds = string.Join(" || ", baseline.Seeded.Select(table =>
            $"(SELECT count(*) || '/' || coalesce(sum(hashtextextended(r::text, 0)), 0) || ';' FROM ONLY {table.Quoted} r)"));
        var views = string.Join(" || ", baseline.Catalogue.MaterialisedViews.Where(view => view.Populated).Select(view =>
            $"(SELECT count(*) || '/' || coalesce(sum(hashtextextended(r::text, 0)), 0) || ';' FROM {view.Quoted} r)"));
        return string.Create(CultureInfo.InvariantCulture, $"""
            SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                           AND backend_type = 'client backend' AND (backend_xid IS NOT NULL OR state LIKE 'idle in%')),
                   {(seeds.Length > 0 ? seeds : "''")} || {(views.Length > 0 ? views : "''")}
                   || (SELECT count(*) || '/' || coalesce(sum(hashtext(concat(oid, relname, relkind, relnatts, relhastriggers, relrowsecurity, relowner))), 0) || ';' FROM pg_class WHERE oid >= 16384 AND relkind NOT IN ('t') AND relpersistence <> 't' AND relkind <> 'i')
                   || (SELECT coalesce(sum(hashtext(concat(attrelid, attnum, attname, atttypid, attisdropped, attnotnull))), 0) || ';' FROM pg_attribute a WHERE attrelid >= 16384 AND attnum > 0 AND {Lasting("attrelid")})
                   || (SELECT count(*) || '/' || coalesce(sum(hashtext(concat(oid, xmin))), 0) || ';' FROM pg_constraint WHERE oid >= 16384 AND {Lasting("conrelid")})
                   || (SELECT count(*) || '/' || coalesce(sum(hashtext(concat(oid, xmin))), 0) || ';' FROM pg_proc WHERE oid >= 16384)
                   || (SELECT count(*) || '/' || coalesce(sum(hashtext(concat(oid, xmin))), 0) || ';' FROM pg_trigger WHERE oid >= 16384 AND {Lasting("tgrelid")})
                   || (SELECT count(*) FROM pg_largeobject_metadata),
                   ({Baseline.Exists(baseline.Empty)}),
                   EXISTS (SELECT 1 FROM pg_prepared_xacts WHERE database = current_database())
            """);
    }
}

internal sealed record PortableState(bool Busy, string Fingerprint, bool[] Filled, bool Prepared);
