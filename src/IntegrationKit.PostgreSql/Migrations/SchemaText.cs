using Npgsql;

namespace IntegrationKit.Migrations;

/// <summary>Everything a migration can make, one line for each thing, the books of the migration tool left out.</summary>
internal sealed record SchemaText(IReadOnlySet<string> Lines)
{
    private const string Query = """
        WITH spaces AS (
            SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'integrationkit')),
        relations AS (
            SELECT c.oid, c.relkind, format('%I.%I', n.nspname, c.relname) AS name
            FROM pg_class c JOIN spaces n ON n.oid = c.relnamespace
            WHERE c.relname <> '__EFMigrationsHistory' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'))
        SELECT 'schema ' || nspname FROM spaces WHERE nspname <> 'public'
        UNION ALL SELECT 'extension ' || extname FROM pg_extension WHERE extname <> 'plpgsql'
        UNION ALL SELECT CASE relkind WHEN 'S' THEN 'sequence ' ELSE 'table ' END || name FROM relations WHERE relkind IN ('r', 'p', 'f', 'S')
        UNION ALL SELECT 'view ' || name || ' ' || pg_get_viewdef(oid) FROM relations WHERE relkind IN ('v', 'm')
        UNION ALL SELECT format('column %s.%I %s', r.name, a.attname, format_type(a.atttypid, a.atttypmod))
                || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || CASE a.attidentity WHEN '' THEN '' ELSE ' identity ' || a.attidentity::text END
                || coalesce(CASE a.attgenerated WHEN '' THEN ' default ' ELSE ' generated ' END || pg_get_expr(d.adbin, d.adrelid), '')
            FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE r.relkind IN ('r', 'p', 'f')
        UNION ALL SELECT format('constraint %s.%I %s', r.name, k.conname, pg_get_constraintdef(k.oid))
            FROM pg_constraint k JOIN relations r ON r.oid = k.conrelid
        UNION ALL SELECT 'index ' || pg_get_indexdef(x.indexrelid) FROM pg_index x JOIN relations r ON r.oid = x.indrelid
        UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN relations r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
        UNION ALL SELECT 'function ' || pg_get_functiondef(p.oid) FROM pg_proc p JOIN spaces n ON n.oid = p.pronamespace
            WHERE p.prokind IN ('f', 'p') AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        UNION ALL SELECT format('type %I.%I ', n.nspname, t.typname) || string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)
            FROM pg_type t JOIN spaces n ON n.oid = t.typnamespace JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY n.nspname, t.typname
        UNION ALL SELECT format('domain %I.%I %s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod))
            FROM pg_type t JOIN spaces n ON n.oid = t.typnamespace WHERE t.typtype = 'd'
        """;

    public static async Task<SchemaText> ReadAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        HashSet<string> lines = new(StringComparer.Ordinal);
        using var command = source.CreateCommand(Query);
        using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            lines.Add(reader.GetString(0).TrimEnd());
        }

        return new SchemaText(lines);
    }

    /// <summary>Lines with a plus for what is there and should not be, with a minus for what is missing; empty when nothing differs.</summary>
    public string DifferenceTo(SchemaText expected) => string.Concat(
        [
            .. Lines.Except(expected.Lines, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(line => $"\n  + {line}"),
            .. expected.Lines.Except(Lines, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(line => $"\n  - {line}"),
        ]);
}
