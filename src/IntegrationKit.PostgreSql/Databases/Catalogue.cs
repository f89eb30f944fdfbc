using Npgsql;

namespace IntegrationKit.Databases;

/// <summary>The user's relations and constraints of one database, ours and the system's left out.</summary>
internal sealed record Catalogue(IReadOnlyList<Relation> Relations, IReadOnlyList<Constraint> Constraints)
{
    /// <summary>Where everything lives that we add to a database.</summary>
    public const string OwnSchema = "integrationkit";

    private const string Query = """
        SELECT c.oid::bigint, n.nspname, c.relname, c.relkind::text, c.relpersistence = 'u', c.relispopulated
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND c.relpersistence <> 't'
          AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'integrationkit')
        ORDER BY n.nspname, c.relname;
        SELECT n.nspname || '.' || t.relname, k.conname, k.contype::text, k.conrelid::bigint, k.confrelid::bigint
        FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE k.contype IN ('u', 'f', 'c', 'x', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'integrationkit')
        UNION ALL
        SELECT n.nspname || '.' || t.relname, i.relname, 'u', x.indrelid::bigint, 0
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE x.indisunique AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid)
          AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'integrationkit')
        ORDER BY 1, 2
        """;

    public IEnumerable<Relation> Tables => Relations.Where(relation => relation.Kind == "r");

    public IEnumerable<Relation> Sequences => Relations.Where(relation => relation.Kind == "S");

    public IEnumerable<Relation> MaterialisedViews => Relations.Where(relation => relation.Kind == "m");

    public static async Task<Catalogue> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        List<Relation> relations = [];
        List<Constraint> constraints = [];
        using var command = connection.CreateCommand();
        command.CommandText = Query;
        using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            relations.Add(new Relation(
                (uint)reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetBoolean(4), reader.GetBoolean(5)));
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            constraints.Add(new Constraint(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), (uint)reader.GetInt64(3), (uint)reader.GetInt64(4)));
        }

        return new Catalogue(relations, constraints);
    }
}

// Kind: relkind: r table, p partitioned table, v view, m materialised view, S sequence.
internal sealed record Relation(uint Oid, string Schema, string Name, string Kind, bool Unlogged, bool Populated)
{
    public string Quoted => Sql.Identifiers.Qualified(Schema, Name);

    public string Plain => $"{Schema}.{Name}";
}

// Type: contype: u unique (or a unique index without a constraint), p primary key, f foreign key, c check, x exclusion.
internal sealed record Constraint(string Table, string Name, string Type, uint TableOid, uint ReferencedOid);
