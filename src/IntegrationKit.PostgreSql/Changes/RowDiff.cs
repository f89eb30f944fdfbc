namespace IntegrationKit.Changes;

/// <summary>Rows as lines of a diff.</summary>
internal static class RowDiff
{
    public static IEnumerable<string> Lines(TableChanges table) =>
        table.Deleted.Select(row => "- " + Text(row))
            .Concat(table.Inserted.Select(row => "+ " + Text(row)))
            .Concat(table.Updated.Select(pair => "~ " + Text(pair.Before, pair.After)));

    private static string Text(IReadOnlyDictionary<string, string?> row) =>
        string.Join(", ", row.Select(column => $"{column.Key}={column.Value ?? "null"}"));

    private static string Text(IReadOnlyDictionary<string, string?> before, IReadOnlyDictionary<string, string?> after) =>
        string.Join(", ", after.Select(column => before.GetValueOrDefault(column.Key) == column.Value
            ? $"{column.Key}={column.Value ?? "null"}"
            : $"{column.Key}: {before.GetValueOrDefault(column.Key) ?? "null"} → {column.Value ?? "null"}"));
}
