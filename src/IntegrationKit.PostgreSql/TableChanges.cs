namespace IntegrationKit;

/// <summary>What changed in one table. Rows are column name to value, as PostgreSQL writes it in JSON. Immutable.</summary>
public sealed class TableChanges
{
    internal TableChanges(
        string table,
        IReadOnlyList<IReadOnlyDictionary<string, string?>> inserted,
        IReadOnlyList<IReadOnlyDictionary<string, string?>> deleted,
        IReadOnlyList<(IReadOnlyDictionary<string, string?> Before, IReadOnlyDictionary<string, string?> After)> updated) =>
        (Table, Inserted, Deleted, Updated) = (table, inserted, deleted, updated);

    /// <summary>Name with schema, for example <c>public.orders</c>.</summary>
    public string Table { get; }

    /// <summary>Rows that were not there before.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string?>> Inserted { get; }

    /// <summary>Rows that are no longer there.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string?>> Deleted { get; }

    /// <summary>Rows with the same primary key and other values. In a table without a primary key an update is a deletion and an insertion.</summary>
    public IReadOnlyList<(IReadOnlyDictionary<string, string?> Before, IReadOnlyDictionary<string, string?> After)> Updated { get; }
}
