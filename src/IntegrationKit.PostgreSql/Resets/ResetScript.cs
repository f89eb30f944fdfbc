using System.Globalization;
using System.Text;
using IntegrationKit.Databases;
using IntegrationKit.Sql;

namespace IntegrationKit.Resets;

/// <summary>
/// Writes the function that resets a database in one round trip and for the price of what was touched: one cached plan asks
/// every empty-at-baseline table whether it has rows now, only those are emptied, seeded tables are compared by their
/// visibility map, sequences are put back. It runs with triggers, rules and foreign keys off (session_replication_role).
/// </summary>
/// <remarks>
/// It answers an array of texts: a verdict, the transaction id before which nothing can have changed, the position in the
/// log, and pairs: a table and the number of rows removed (or -1, truncated; -2, restored; and once more with -3, full of
/// dead rows), or an empty text and a session that is in a transaction.
/// <c>busy</c>: somebody has an open transaction; <c>same</c>: nobody wrote anything since the last reset; <c>schema</c>,
/// <c>seed</c>, <c>objects</c>: changed in a way that needs a new clone; <c>again</c>: somebody worked during the reset;
/// <c>done</c>: clean. Object ids survive CREATE DATABASE … TEMPLATE, so the function written into a template is right in every clone.
/// A session that is in a transaction is looked for at the end in any case, and first when a transaction id other than our
/// own shows that there may be one, so that it can end before rows vanish under it.
/// </remarks>
internal static class ResetScript
{
    /// <summary>Tables of at least this many pages are truncated when that can be done without touching many others.</summary>
    private const int LargePages = 24;

    /// <summary>
    /// Deleted rows stay in their pages, which every later reset has to read, at a microsecond each; from this number on a
    /// table wants a VACUUM, after which every plan that reads it is made anew.
    /// </summary>
    private const int BloatedPages = 16;

    /// <summary>Bytes of log written since the last reset from which on a table may be large: asking for a size costs as much as asking for rows.</summary>
    private const int LoggedWhenLarge = 150_000;

    private const int StatementsWritten = 1000;

    private const string Others = """
        FROM pg_stat_get_activity(NULL) s WHERE s.datid = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND s.pid <> pg_backend_pid() AND s.backend_type = 'client backend'
        """;

    private const string InTransaction = "(s.backend_xid IS NOT NULL OR s.state LIKE 'idle in%')";

    private const string IfInTransaction = $"""
        IF EXISTS (SELECT 1 {Others} AND {InTransaction}) THEN
                    RETURN ARRAY['busy', '', ''] || answer || integrationkit.open_transactions(); END IF;
                IF current_setting('max_prepared_transactions') <> '0' AND EXISTS (SELECT 1 FROM pg_prepared_xact() x JOIN pg_database d ON d.oid = x.dbid
                    WHERE d.datname = current_database()) THEN RETURN ARRAY['prepared', '', '']; END IF;
        """;

    public static string Create(Baseline baseline) => $"""
        CREATE OR REPLACE FUNCTION integrationkit.open_transactions() RETURNS text[] LANGUAGE sql AS $open$
            SELECT array_agg(part.text ORDER BY s.pid, part.number)
            FROM (SELECT * {Others} AND {InTransaction}) s,
                 LATERAL (VALUES (1, ''), (2, concat_ws(E'\t', s.pid, s.state, s.application_name, left(s.query, 300)))) part(number, text)
        $open$;
        CREATE OR REPLACE FUNCTION integrationkit.reset(last_seen xid8, last_position pg_lsn, careful boolean) RETURNS text[] LANGUAGE plpgsql AS $reset$
        DECLARE
            answer text[]; began pg_snapshot := pg_current_snapshot(); own xid8; alone boolean; dirty int[]; large int[] := '[]'; wiped int[] := '[]'; bloated int[] := '[]';
            weight bigint := 0; pages bigint; affected bigint; i int; seed record;
            names CONSTANT text[] := {Texts(baseline.Empty.Select(table => table.Quoted))};
            relations CONSTANT oid[] := '{Numbers(baseline.Empty.Select(table => (long)table.Oid))}';
            closures CONSTANT text[] := {Texts(Closures(baseline))};
        BEGIN
            IF pg_snapshot_xmax(began) = last_seen THEN
                {IfInTransaction}
                RETURN ARRAY['same', last_seen::text, last_position::text];
            END IF;
            own := pg_current_xact_id();
            alone := own = pg_snapshot_xmax(began) AND own = pg_snapshot_xmin(began);
            IF careful OR NOT alone THEN
                {IfInTransaction}
                PERFORM pg_stat_clear_snapshot();
            END IF;
            IF pg_sequence_last_value('integrationkit.schema_changes') IS NOT NULL THEN RETURN ARRAY['schema', '', '']; END IF;
        {Dirty(baseline)}
        {Seeds(baseline)}{Sequences(baseline)}{Views(baseline)}
            IF EXISTS (SELECT 1 {Others} AND (s.state <> 'idle' OR s.state_change >= transaction_timestamp())) THEN
                IF EXISTS (SELECT 1 {Others} AND {InTransaction}) THEN RETURN ARRAY['busy', '', ''] || answer || integrationkit.open_transactions(); END IF;
                RETURN ARRAY['again', '', ''] || answer;
            END IF;
            RETURN ARRAY['done', CASE WHEN alone THEN (own::text::bigint + 1)::text ELSE '' END, pg_current_wal_insert_lsn()::text] || answer;
        END $reset$;
        """.Replace("'[]'", "'{}'", StringComparison.Ordinal);

    private static string Dirty(Baseline baseline)
    {
        var asked = string.Join(", ", baseline.Empty
            .Select((table, i) => string.Create(CultureInfo.InvariantCulture, $"CASE WHEN EXISTS (SELECT 1 FROM ONLY {table.Quoted}) THEN {i + 1} END"))
            .Prepend(baseline.LargeObjects is null ? "CASE WHEN EXISTS (SELECT 1 FROM pg_largeobject_metadata) THEN 0 END" : "NULL"));
        var look = $"{LargeObjects(baseline)}    dirty := array_remove(ARRAY[{asked}]::int[], NULL);\n"
            + "    IF dirty[1] = 0 THEN PERFORM lo_unlink(oid) FROM pg_largeobject_metadata; dirty := dirty[2:]; END IF;";
        return baseline.Empty.Count == 0 ? look : $"""
            {look}
                IF pg_current_wal_insert_lsn() - last_position > {LoggedWhenLarge} THEN
                    FOREACH i IN ARRAY dirty LOOP
                        pages := pg_relation_size(relations[i]) / current_setting('block_size')::int;
                        IF pages >= {BloatedPages} THEN bloated := array_append(bloated, i); END IF;
                        IF pages >= {LargePages} AND closures[i] <> '' THEN weight := weight + pages; large := array_append(large, i); END IF;
                    END LOOP;
                END IF;
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

    /// <summary>A statement written down keeps its plan; with thousands of tables the plans would take more memory than they are worth.</summary>
    private static string Delete(Baseline baseline) => baseline.Empty.Count > StatementsWritten
        ? "EXECUTE 'DELETE FROM ONLY ' || names[i]; GET DIAGNOSTICS affected = ROW_COUNT;"
        : Delete(baseline.Empty, 1, baseline.Empty.Count);

    /// <summary>Halved until it is found: a list of cases would be tried one after the other.</summary>
    private static string Delete(IReadOnlyList<Relation> tables, int first, int last)
    {
        var middle = (first + last) / 2;
        return first == last
            ? $"DELETE FROM ONLY {tables[first - 1].Quoted}; GET DIAGNOSTICS affected = ROW_COUNT;"
            : string.Create(CultureInfo.InvariantCulture, $"IF i <= {middle} THEN {Delete(tables, first, middle)} ELSE {Delete(tables, middle + 1, last)} END IF;");
    }

    private static string Seeds(Baseline baseline) => baseline.Seeded.Count == 0 ? "" : """

            FOR seed IN SELECT s.relation, s.restore FROM integrationkit.seeded s JOIN pg_class c ON c.oid = s.relation
                LEFT JOIN LATERAL integrationkit.pg_visibility_map_summary(s.relation) v ON true
                WHERE v.all_visible <> s.visible OR s.visible <> s.pages OR c.relfrozenxid <> s.frozen
                   OR pg_relation_size(s.relation) <> s.pages * current_setting('block_size')::int LOOP
                IF seed.restore IS NULL THEN RETURN ARRAY['seed', '', '', seed.relation::regclass::text]; END IF;
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
        ? $"    IF {Baseline.LargeObjectFingerprint} IS DISTINCT FROM {Identifiers.Literal(fingerprint)} THEN RETURN ARRAY['objects', '', '']; END IF;\n"
        : "";

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

    private static string Numbers(IEnumerable<long> values) => $"{{{string.Join(',', values)}}}";

    private static string Texts(IEnumerable<string> values) =>
        $"ARRAY[{string.Join(", ", values.Select(Identifiers.Literal))}]::text[]";
}
