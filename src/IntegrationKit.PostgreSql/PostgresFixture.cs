namespace IntegrationKit;

/// <summary>
/// A PostgreSQL database for tests without an application: derive, configure, and register the type as an xUnit assembly,
/// collection or class fixture. Each running test has its own clean copy.
/// </summary>
/// <example>
/// <code>
/// public sealed class CatalogDatabase : PostgresFixture
/// {
///     protected override void Configure(PostgresOptions options) => options.MigrateFromFiles("migrations").SeedFrom("seed.sql");
/// }
/// </code>
/// </example>
public abstract class PostgresFixture : IntegrationFixture
{
    /// <summary>Declares the database under the fixture type's name, without a trailing "Database" or "Fixture".</summary>
    protected PostgresFixture()
    {
        Database = Use(new PostgresDatabase(ShortName(), Configure));
    }

    /// <summary>The database of the calling test. Thread-safe.</summary>
    public PostgresDatabase Database { get; }

    /// <summary>Says how the database is migrated, seeded and isolated. Called once, when the fixture starts.</summary>
    protected virtual void Configure(PostgresOptions options)
    {
    }

    private string ShortName()
    {
        var name = GetType().Name;
        foreach (var ending in new[] { "Fixture", "Database" })
        {
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal))
            {
                name = name[..^ending.Length];
            }
        }

        return name.ToLowerInvariant();
    }
}
