using System.Text.Json;
using IntegrationKit.Databases;
using IntegrationKit.Sql;
using Npgsql;

namespace IntegrationKit.Changes;

/// <summary>All rows of a database at one moment, each by its table and primary key.</summary>
internal sealed class Snapshot
{
    private readonly Dictionary<string, Dictionary<string, List<string>>> tables = [];

    /// <summary>Reads every table in one consistent view. Meant for test databases: all rows come into memory.</summary>
    public static async Task<Snapshot> TakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var snapshot = new Snapshot();
        var catalogue = await Catalogue.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        var keys = await KeysAsync(connection, cancellationToken).ConfigureAwait(false);
        var relations = catalogue.Tables.ToArray();
        if (relations.Length == 0)
        {
            return snapshot;
        }

        using var command = connection.CreateCommand();
        command.CommandText = string.Join(" UNION ALL ", relations.Select(table =>
            $"SELECT {Identifiers.Literal(table.Plain)}, {Key(keys.GetValueOrDefault(table.Oid))}, to_jsonb(r)::text FROM ONLY {table.Quoted} r"));
        using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            snapshot.Add(reader.GetString(0), reader.GetString(1), reader.GetString(2));
        }

        return snapshot;
    }

    /// <summary>What it takes to get from this snapshot to a later one.</summary>
    public DatabaseChanges To(Snapshot later)
    {
        List<TableChanges> changes = [];
        foreach (var table in tables.Keys.Union(later.tables.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (before, after) = (tables.GetValueOrDefault(table) ?? [], later.tables.GetValueOrDefault(table) ?? []);
            var gone = Missing(before, after);
            var come = Missing(after, before);
            var updated = gone.Join(come, row => row.Key, row => row.Key, (a, b) => (a, b), StringComparer.Ordinal).Where(pair => pair.a.Key.Length > 0).ToArray();
            var paired = updated.Select(pair => pair.a.Key).ToHashSet(StringComparer.Ordinal);
            if (gone.Count + come.Count > 0)
            {
                changes.Add(new TableChanges(
                    table,
                    [.. come.Where(row => !paired.Contains(row.Key)).Select(row => Parse(row.Row))],
                    [.. gone.Where(row => !paired.Contains(row.Key)).Select(row => Parse(row.Row))],
                    [.. updated.Select(pair => (Parse(pair.a.Row), Parse(pair.b.Row)))]));
            }
        }

        return new DatabaseChanges(changes);
    }

    private static List<(string Key, string Row)> Missing(Dictionary<string, List<string>> here, Dictionary<string, List<string>> there)
    {
        List<(string Key, string Row)> missing = [];
        foreach (var (key, rows) in here)
        {
            List<string> other = [.. there.GetValueOrDefault(key) ?? []];
            missing.AddRange(rows.Where(row => !other.Remove(row)).Select(row => (key, row)));
        }

        return missing;
    }

    private void Add(string table, string key, string row)
    {
        if (!tables.TryGetValue(table, out var rows))
        {
            tables[table] = rows = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        }

        if (!rows.TryGetValue(key, out var same))
        {
            rows[key] = same = [];
        }

        same.Add(row);
    }

    private static string Key(string[]? columns) =>
        columns is null ? "''" : $"concat_ws('/', {string.Join(", ", columns.Select(column => $"r.{Identifiers.Quote(column)}"))})";

    private static async Task<Dictionary<uint, string[]>> KeysAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        Dictionary<uint, string[]> keys = [];
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT i.indrelid::bigint, array_agg(a.attname::text ORDER BY a.attnum)
            FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indisprimary GROUP BY 1
            """;
        using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            keys[(uint)reader.GetInt64(0)] = (string[])reader.GetValue(1);
        }

        return keys;
    }

    private static Dictionary<string, string?> Parse(string row)
    {
        using var json = JsonDocument.Parse(row);
        return json.RootElement.EnumerateObject().ToDictionary(
            column => column.Name,
            column => column.Value.ValueKind switch { JsonValueKind.Null => null, JsonValueKind.String => column.Value.GetString(), _ => column.Value.GetRawText() });
    }
}
