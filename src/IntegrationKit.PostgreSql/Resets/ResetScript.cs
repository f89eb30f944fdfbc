using System.Globalization;
using System.Text;
using IntegrationKit.Sql;

namespace IntegrationKit.Resets;

/// <summary>
/// Writes the function that resets a database in one round trip and for the price of what was touched: one cached plan asks
/// every empty-at-baseline table whether it has rows now, only those are emptied, seeded tables are compared by their
/// visibility map, sequences are put back. It runs with triggers, rules and foreign keys off (session_replication_role).
/// </summary>
/// <remarks>
/// It answers an array of texts: a verdict, the transaction id before which nothing can have changed, and pairs.
/// <c>busy</c>: somebody has an open transaction (the sessions follow); <c>same</c>: nobody wrote anything since the last
/// reset; <c>schema</c>, <c>seed</c>, <c>objects</c>: changed in a way that needs a new clone; <c>again</c>: somebody worked
/// during the reset; <c>done</c>: clean, the tables with the number of rows removed (or -1, truncated; -2, restored; and once more with -3, full of dead rows) follow.
/// Object ids survive CREATE DATABASE … TEMPLATE, so the function written into a template is right in every clone.
/// </remarks>
internal static class ResetScript
{
    /// <summary>Tables of at least this many pages are truncated when that can be done without touching many others.</summary>
    private const int LargePages = 24;

    /// <summary>Deleted rows stay in their pages, which every later reset has to read; from this number on a table wants a VACUUM.</summary>
    private const int BloatedPages = 4;

    private const int StatementsWritten = 200;

    public static string Create(Baseline baseline) => $"""
        CREATE OR REPLACE FUNCTION integrationkit.reset(last_seen xid8) RETURNS text[] LANGUAGE plpgsql AS $reset$
        DECLARE
            answer text[]; busy text[]; began pg_snapshot; dirty int[]; large int[] := '[]'; wiped int[] := '[]'; bloated int[] := '[]';
            weight bigint := 0; pages bigint; affected bigint; i int; seed record; here oid; marker text := '';
            names CONSTANT text[] := {Texts(baseline.Empty.Select(table => table.Quoted))};
            closures CONSTANT text[] := {Texts(Closures(baseline))};
        BEGIN
            SELECT oid INTO here FROM pg_database WHERE datname = current_database();
            SELECT array_agg(concat_ws(E'\t', s.pid, s.state, s.application_name, left(s.query, 300))) INTO busy
            FROM pg_stat_get_activity(NULL) s
            WHERE s.datid = here AND s.pid <> pg_backend_pid() AND s.backend_type = 'client backend' AND (s.backend_xid IS NOT NULL OR s.state LIKE 'idle in%');
            IF busy IS NOT NULL THEN RETURN array_cat(ARRAY['busy', ''], busy); END IF;
            IF current_setting('max_prepared_transactions') <> '0' AND EXISTS (SELECT 1 FROM pg_prepared_xact() x WHERE x.dbid = here) THEN RETURN ARRAY['prepared', '']; END IF;
            began := pg_current_snapshot();
            IF pg_snapshot_xmax(began) = last_seen THEN RETURN ARRAY['same', last_seen::text]; END IF;
            IF (SELECT is_called FROM integrationkit.schema_changes) THEN RETURN ARRAY['schema', '']; END IF;
        {LargeObjects(baseline)}{Dirty(baseline)}
        {Seeds(baseline)}{Sequences(baseline)}{Views(baseline)}
            PERFORM pg_stat_clear_snapshot();
            IF EXISTS (SELECT 1 FROM pg_stat_get_activity(NULL) s WHERE s.datid = here AND s.pid <> pg_backend_pid()
                       AND s.backend_type = 'client backend' AND (s.state <> 'idle' OR s.state_change >= transaction_timestamp())) THEN
                RETURN array_cat(ARRAY['again', ''], answer);
            END IF;
            IF pg_snapshot_xmin(began) = pg_snapshot_xmax(began)
               AND (pg_current_xact_id_if_assigned() IS NULL OR pg_current_xact_id_if_assigned() = pg_snapshot_xmax(began)) THEN
                marker := (pg_snapshot_xmax(began)::text::bigint + CASE WHEN pg_current_xact_id_if_assigned() IS NULL THEN 0 ELSE 1 END)::text;
            END IF;
            RETURN array_cat(ARRAY['done', marker], answer);
        END $reset$;
        """.Replace("'[]'", "'{}'", StringComparison.Ordinal);

    private static string Dirty(Baseline baseline)
    {
        if (baseline.Empty.Count == 0)
        {
            return "";
        }

        var asked = string.Join(", ", baseline.Empty.Select((table, i) => string.Create(
            CultureInfo.InvariantCulture, $"CASE WHEN EXISTS (SELECT 1 FROM ONLY {table.Quoted}) THEN {i + 1} END")));
        return $"""

                dirty := array_remove(ARRAY[{asked}]::int[], NULL);
                FOREACH i IN ARRAY dirty LOOP
                    pages := pg_relation_size(names[i]::regclass) / current_setting('block_size')::int;
                    IF pages >= {BloatedPages} THEN bloated := array_append(bloated, i); END IF;
                    IF pages >= {LargePages} AND closures[i] <> '' THEN weight := weight + pages; large := array_append(large, i); END IF;
                END LOOP;
                IF weight > 0 THEN
                    SELECT array_agg(DISTINCT member) INTO wiped FROM unnest(large) l, unnest(closures[l]::int[]) member;
                    IF weight >= {LargePages} * cardinality(wiped) THEN
                        EXECUTE 'TRUNCATE ONLY ' || (SELECT string_agg(names[member], ', ONLY ') FROM unnest(wiped) member);
                    ELSE wiped := '[]'; END IF;
                END IF;
                FOREACH i IN ARRAY dirty LOOP
                    IF i = ANY (wiped) THEN affected := -1;
                    ELSE {Delete(baseline)} END IF;
                    answer := answer || names[i] || affected::text;
                    IF i = ANY (bloated) AND affected >= 0 THEN answer := answer || names[i] || '-3'::text; END IF;
                END LOOP;
            """;
    }

    /// <summary>A statement written down keeps its plan; beyond a number of tables, looking for it would cost what that saves.</summary>
    private static string Delete(Baseline baseline) => baseline.Empty.Count > StatementsWritten
        ? "EXECUTE 'DELETE FROM ONLY ' || names[i]; GET DIAGNOSTICS affected = ROW_COUNT;"
        : $"CASE i {string.Join(' ', baseline.Empty.Select((table, i) => string.Create(
            CultureInfo.InvariantCulture, $"WHEN {i + 1} THEN DELETE FROM ONLY {table.Quoted}; GET DIAGNOSTICS affected = ROW_COUNT;")))} END CASE;";

    private static string Seeds(Baseline baseline) => baseline.Seeded.Count == 0 ? "" : """

            FOR seed IN SELECT s.relation, s.restore FROM integrationkit.seeded s JOIN pg_class c ON c.oid = s.relation
                LEFT JOIN LATERAL integrationkit.pg_visibility_map_summary(s.relation) v ON true
                WHERE v.all_visible <> s.visible OR s.visible <> s.pages OR c.relfrozenxid <> s.frozen
                   OR pg_relation_size(s.relation) <> s.pages * current_setting('block_size')::int LOOP
                IF seed.restore IS NULL THEN RETURN ARRAY['seed', '', seed.relation::regclass::text]; END IF;
                EXECUTE seed.restore;
                answer := answer || seed.relation::regclass::text || '-2'::text;
            END LOOP;
        """;

    private static string Sequences(Baseline baseline) => baseline.Sequences.Count == 0
        ? ""
        : $"\n    PERFORM {baseline.SetSequences["SELECT ".Length..]};";

    private static string Views(Baseline baseline)
    {
        var views = baseline.Catalogue.MaterialisedViews.OrderBy(view => view.Oid).ToArray();
        return views.Length == 0
            ? ""
            : $"""

                IF (SELECT is_called FROM integrationkit.view_refreshes) THEN
                    {string.Join(" ", views.Select(view => $"REFRESH MATERIALIZED VIEW {view.Quoted}{(view.Populated ? "" : " WITH NO DATA")};"))}
                    PERFORM setval('integrationkit.view_refreshes', 1, false);
                END IF;
            """;
    }

    private static string LargeObjects(Baseline baseline) => baseline.LargeObjects is { } fingerprint
        ? $"    IF {Baseline.LargeObjectFingerprint} IS DISTINCT FROM {Identifiers.Literal(fingerprint)} THEN RETURN ARRAY['objects', '']; END IF;\n"
        : "    PERFORM lo_unlink(oid) FROM pg_largeobject_metadata;\n";

    /// <summary>
    /// For each empty table the tables that TRUNCATE would have to take with it, as array literals of positions; empty where
    /// one of them holds rows that must stay.
    /// </summary>
    private static IEnumerable<string> Closures(Baseline baseline)
    {
        var position = baseline.Empty.Select((table, i) => (table.Oid, i)).ToDictionary(pair => pair.Oid, pair => pair.i + 1);
        var referencing = baseline.Catalogue.Constraints.Where(key => key.Type == "f").ToLookup(key => key.ReferencedOid, key => key.TableOid);
        foreach (var table in baseline.Empty)
        {
            SortedSet<uint> members = [table.Oid];
            Queue<uint> pending = new([table.Oid]);
            while (pending.TryDequeue(out var member))
            {
                foreach (var next in referencing[member].Where(members.Add))
                {
                    pending.Enqueue(next);
                }
            }

            yield return members.All(position.ContainsKey)
                ? new StringBuilder("{").AppendJoin(',', members.Select(member => position[member])).Append('}').ToString()
                : "";
        }
    }

    private static string Texts(IEnumerable<string> values) =>
        $"ARRAY[{string.Join(", ", values.Select(Identifiers.Literal))}]::text[]";
}
