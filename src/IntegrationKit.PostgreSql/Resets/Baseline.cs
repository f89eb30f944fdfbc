using System.Globalization;
using System.Text.Json;
using IntegrationKit.Databases;
using IntegrationKit.Servers;
using Npgsql;

namespace IntegrationKit.Resets;

/// <summary>What a database looks like when a test gets it: which tables are empty, which hold rows, where sequences stand.</summary>
internal sealed record Baseline
{
    public required Catalogue Catalogue { get; init; }

    /// <summary>Tables without rows.</summary>
    public required IReadOnlyList<Relation> Empty { get; init; }

    /// <summary>Tables with rows.</summary>
    public required IReadOnlyList<Relation> Seeded { get; init; }

    /// <summary>Tables that are never reset.</summary>
    public required IReadOnlyList<Relation> Kept { get; init; }

    public required IReadOnlyList<SequencePosition> Sequences { get; init; }

    /// <summary>Of seeded rows, views and definitions; null where none was taken.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Fingerprint of all large objects; null when there are none.</summary>
    public string? LargeObjects { get; init; }

    private const string Written = "SELECT obj_description('integrationkit.reset(xid8, pg_lsn, boolean)'::regprocedure, 'pg_proc')";

    private static readonly JsonSerializerOptions Json = new() { IgnoreReadOnlyProperties = true };

    public const string LargeObjectFingerprint =
        "(SELECT md5(string_agg(loid || ':' || pageno || ':' || md5(data), ',' ORDER BY loid, pageno)) FROM pg_largeobject)";

    /// <summary>One statement that puts every sequence back.</summary>
    public string SetSequences => string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT setval(p.o, p.v, p.c) FROM unnest('{{{string.Join(',', Sequences.Select(s => s.Sequence.Oid))}}}'::oid[], '{{{string.Join(',', Sequences.Select(s => s.Value))}}}'::bigint[], '{{{string.Join(',', Sequences.Select(s => s.Called ? "t" : "f"))}}}'::bool[]) p(o, v, c)");

    /// <summary>A clone's baseline: written down in its template where we may, else read from the catalogue.</summary>
    public static async Task<Baseline> OfAsync(
        NpgsqlConnection connection, ServerFacts facts, IReadOnlyList<string> keptNames, CancellationToken cancellationToken)
    {
        if (facts.ExactReset && await ScalarAsync<string>(connection, Written, cancellationToken).ConfigureAwait(false) is { } text)
        {
            return JsonSerializer.Deserialize<Baseline>(text, Json)!;
        }

        var catalogue = await Catalogue.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(connection, catalogue, keptNames, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The statement that writes it down, as a comment on the reset function: reading a hundred tables' state takes ten times as long.</summary>
    public string WriteDown() => $"COMMENT ON FUNCTION integrationkit.reset IS {Sql.Identifiers.Literal(JsonSerializer.Serialize(this, Json))}";

    public static async Task<Baseline> ReadAsync(
        NpgsqlConnection connection, Catalogue catalogue, IReadOnlyList<string> keptNames, CancellationToken cancellationToken)
    {
        var tables = catalogue.Tables.ToArray();
        var kept = tables.Where(table => keptNames.Any(name => name == table.Plain || (table.Schema == "public" && name == table.Name))).ToArray();
        var filled = await ScalarAsync<bool[]>(connection, Exists(tables), cancellationToken).ConfigureAwait(false) ?? [];
        var rows = tables.Zip(filled).Where(pair => !kept.Contains(pair.First)).ToArray();
        return new Baseline
        {
            Catalogue = catalogue,
            Empty = [.. rows.Where(pair => !pair.Second).Select(pair => pair.First)],
            Seeded = [.. rows.Where(pair => pair.Second).Select(pair => pair.First)],
            Kept = kept,
            Sequences = await ReadSequencesAsync(connection, [.. catalogue.Sequences], cancellationToken).ConfigureAwait(false),
            LargeObjects = await LargeObjectsAsync(connection, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Only a superuser may read the contents of large objects; without that right their number has to do.</summary>
    private static async Task<string?> LargeObjectsAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await ScalarAsync<string>(connection, "SELECT 'yes' WHERE has_table_privilege('pg_catalog.pg_largeobject', 'SELECT')", cancellationToken).ConfigureAwait(false) is null
            ? null
            : await ScalarAsync<string>(connection, "SELECT " + LargeObjectFingerprint, cancellationToken).ConfigureAwait(false);

    /// <summary>One expression with an answer per table: are there rows?</summary>
    public static string Exists(IReadOnlyList<Relation> tables) => tables.Count == 0
        ? "SELECT '{}'::bool[]"
        : $"SELECT ARRAY[{string.Join(", ", tables.Select(table => $"EXISTS (SELECT 1 FROM ONLY {table.Quoted})"))}]";

    public static async Task<IReadOnlyList<SequencePosition>> ReadSequencesAsync(
        NpgsqlConnection connection, Relation[] sequences, CancellationToken cancellationToken)
    {
        if (sequences.Length == 0)
        {
            return [];
        }

        List<SequencePosition> positions = [];
        using var command = connection.CreateCommand();
        command.CommandText = string.Join(" UNION ALL ", sequences.Select((sequence, i) =>
            string.Create(CultureInfo.InvariantCulture, $"SELECT {i} AS i, last_value, is_called FROM {sequence.Quoted}"))) + " ORDER BY i";
        using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            positions.Add(new SequencePosition(sequences[reader.GetInt32(0)], reader.GetInt64(1), reader.GetBoolean(2)));
        }

        return positions;
    }

    private static async Task<T?> ScalarAsync<T>(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
        where T : class
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as T;
    }
}

internal sealed record SequencePosition(Relation Sequence, long Value, bool Called);
