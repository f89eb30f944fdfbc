using System.Globalization;
using IntegrationKit.Databases;
using IntegrationKit.Sql;

namespace IntegrationKit.Resets;

/// <summary>
/// How seeded tables are watched and restored. The list and the shadow copies are made only when there are seeds: a
/// database without tables must stay one without tables, or <c>EnsureCreated</c> of EF would think its work done.
/// </summary>
internal static class SeedScript
{
    /// <summary>Creates the list when needed, keeps a shadow copy of a small table, and notes the frozen state.</summary>
    public static string Register(Relation table, long shadowLimit) => string.Create(CultureInfo.InvariantCulture, $"""
        CREATE TABLE IF NOT EXISTS integrationkit.seeded
            (relation oid PRIMARY KEY, pages bigint, visible bigint, frozen xid, restore text);
        CREATE OR REPLACE FUNCTION integrationkit.freeze_check() RETURNS void LANGUAGE plpgsql AS $check$
        BEGIN
            UPDATE integrationkit.seeded s SET frozen = c.relfrozenxid, visible = v.all_visible, pages = pg_relation_size(s.relation) / current_setting('block_size')::int
            FROM pg_class c, LATERAL integrationkit.pg_visibility_map_summary(c.oid) v WHERE c.oid = s.relation;
        END $check$;
        DO $register$
        DECLARE columns text; shadow text := 'integrationkit.shadow_{table.Oid}';
        BEGIN
            IF pg_relation_size({table.Oid}) > {shadowLimit} THEN
                INSERT INTO integrationkit.seeded VALUES ({table.Oid}, 0, 0, '0', NULL);
                RETURN;
            END IF;
            SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns
            FROM pg_attribute WHERE attrelid = {table.Oid} AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
            EXECUTE format('CREATE UNLOGGED TABLE %s AS SELECT %s FROM ONLY %s', shadow, coalesce(columns, ''), {Identifiers.Literal(table.Quoted)});
            INSERT INTO integrationkit.seeded VALUES ({table.Oid}, 0, 0, '0', CASE WHEN columns IS NULL THEN NULL ELSE
                format('DELETE FROM ONLY %1$s; INSERT INTO %1$s (%2$s) OVERRIDING SYSTEM VALUE SELECT * FROM %3$s', {Identifiers.Literal(table.Quoted)}, columns, shadow) END);
        END $register$;
        """);

    public const string FreezeCheck = "SELECT integrationkit.freeze_check()";
}
