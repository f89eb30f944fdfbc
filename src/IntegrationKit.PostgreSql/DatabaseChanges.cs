using System.Text;
using IntegrationKit.Changes;

namespace IntegrationKit;

/// <summary>What an action changed in the test's database, table by table and row by row. Immutable.</summary>
public sealed class DatabaseChanges
{
    private const int RowsShown = 10;

    internal DatabaseChanges(IReadOnlyList<TableChanges> tables) => Tables = tables;

    /// <summary>The tables that changed, by name (<c>schema.table</c>); others are absent.</summary>
    public IReadOnlyList<TableChanges> Tables { get; }

    /// <summary>True when no table changed.</summary>
    public bool IsEmpty => Tables.Count == 0;

    /// <summary>The changes of one table; all counts are zero when it did not change.</summary>
    /// <param name="table">With or without its schema, for example <c>orders</c>.</param>
    public TableChanges this[string table] =>
        Tables.FirstOrDefault(changed => changed.Table == table || changed.Table.EndsWith("." + table, StringComparison.Ordinal))
        ?? new TableChanges(table, [], [], []);

    /// <summary>The rows as a diff: <c>+</c> inserted, <c>-</c> deleted, <c>~</c> updated with the columns that differ.</summary>
    public override string ToString()
    {
        if (IsEmpty)
        {
            return "nothing changed";
        }

        var text = new StringBuilder();
        foreach (var table in Tables)
        {
            text.Append(table.Table).AppendLine(":");
            foreach (var line in RowDiff.Lines(table).Take(RowsShown))
            {
                text.Append("  ").AppendLine(line);
            }

            var more = table.Inserted.Count + table.Updated.Count + table.Deleted.Count - RowsShown;
            if (more > 0)
            {
                text.Append("  … and ").Append(more).AppendLine(" more");
            }
        }

        return text.ToString().TrimEnd();
    }
}
