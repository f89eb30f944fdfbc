namespace IntegrationKit.Templates;

/// <summary>Tables in which migration tools keep their books; nobody needs to test them.</summary>
internal static class MigrationHistory
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "__EFMigrationsHistory", "schemaversions", "VersionInfo", "flyway_schema_history", "changelog", "databasechangelog", "databasechangeloglock",
        "schema_migrations", "grate_ScriptsRun",
    };

    public static bool Knows(string table) => Names.Contains(table);
}
