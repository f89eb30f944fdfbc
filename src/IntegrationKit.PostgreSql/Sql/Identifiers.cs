namespace IntegrationKit.Sql;

/// <summary>Names in SQL text.</summary>
internal static class Identifiers
{
    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public static string Qualified(string schema, string name) => Quote(schema) + "." + Quote(name);

    public static string Literal(string text) =>
        text.Contains('\\', StringComparison.Ordinal)
            ? "E'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'"
            : "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
