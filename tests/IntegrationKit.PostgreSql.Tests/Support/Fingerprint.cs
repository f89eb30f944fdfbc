using System.Text;
using Npgsql;

namespace IntegrationKit.PostgreSql.Tests.Support;

/// <summary>
/// Everything a test could have changed, as text: rows of all tables and materialised views, positions of sequences, large
/// objects, and the definition of relations, columns, constraints, triggers, rules, policies and functions.
/// </summary>
internal static class Fingerprint
{
    private const string Definitions = """
        SELECT concat_ws(' ', 'relation', c.oid::regclass, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, array_to_string(c.reloptions, ','))
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'integrationkit')
        UNION ALL SELECT concat_ws(' ', 'column', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid))
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'integrationkit')
        UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint WHERE conrelid <> 0 AND connamespace::regnamespace::text NOT IN ('information_schema', 'pg_catalog', 'integrationkit')
        UNION ALL SELECT concat_ws(' ', 'trigger', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT concat_ws(' ', 'function', oid::regprocedure, md5(prosrc)) FROM pg_proc WHERE pronamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'integrationkit')
        UNION ALL SELECT concat_ws(' ', 'large object', m.oid, (SELECT md5(string_agg(data, '' ORDER BY pageno)) FROM pg_largeobject l WHERE l.loid = m.oid)) FROM pg_largeobject_metadata m
        UNION ALL SELECT concat_ws(' ', 'prepared', gid) FROM pg_prepared_xacts WHERE database = current_database()
        ORDER BY 1
        """;

    private const string Readable = """
        SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relkind::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE (c.relkind IN ('r', 'S') OR c.relkind = 'm' AND c.relispopulated) AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'integrationkit') ORDER BY 1
        """;

    /// <summary>The lines that only one of two fingerprints has; empty when they are the same.</summary>
    public static IReadOnlyList<string> Difference(string before, string after)
    {
        var (left, right) = (before.Split('\n'), after.Split('\n'));
        return [.. left.Except(right, StringComparer.Ordinal).Select(line => "- " + line), .. right.Except(left, StringComparer.Ordinal).Select(line => "+ " + line),
            .. before != after && !left.Except(right, StringComparer.Ordinal).Any() ? ["order or number of lines differ"] : Array.Empty<string>()];
    }

    public static async Task<string> OfAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        var text = new StringBuilder();
        await AppendAsync(connection, Definitions, text);
        List<(string Name, string Kind)> relations = [];
        await using (var command = new NpgsqlCommand(Readable, connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                relations.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        foreach (var (name, kind) in relations)
        {
            text.AppendLine(name);
            var query = kind == "S" ? $"SELECT last_value || ' ' || is_called FROM {name}" : $"SELECT r::text FROM {(kind == "r" ? "ONLY " : "")}{name} r ORDER BY 1";
            await AppendAsync(connection, query, text);
        }

        return text.ToString();
    }

    private static async Task AppendAsync(NpgsqlConnection connection, string query, StringBuilder text)
    {
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            text.AppendLine(reader.GetString(0));
        }
    }
}
