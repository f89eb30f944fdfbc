namespace IntegrationKit;

/// <summary>What <see cref="PostgresDatabase.VerifyMigrationsAsync{TDbContext}"/> looks at.</summary>
[Flags]
public enum MigrationChecks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The model has no changes that no migration makes. Needs Entity Framework Core 9 or later.</summary>
    PendingModelChanges = 1,

    /// <summary>Every migration can be applied, one after the other, to an empty database.</summary>
    Up = 2,

    /// <summary>
    /// Every <c>Down()</c> takes back exactly what its <c>Up()</c> did, and all migrations can be applied once more after it.
    /// Includes <see cref="Up"/>.
    /// </summary>
    Down = 4,

    /// <summary>All of them.</summary>
    All = PendingModelChanges | Up | Down,
}
