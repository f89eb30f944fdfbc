namespace IntegrationKit.Observations;

/// <summary>A statement was sent to a database.</summary>
internal sealed record SqlExecuted : Observation
{
    public required string Point { get; init; }
    /// <summary>Statement text without parameter values.</summary>
    public required string Text { get; init; }
    public IReadOnlyList<TableAccess>? Tables { get; init; }
    public long? Rows { get; init; }
    public string? SqlState { get; init; }
    /// <summary>Name of the violated constraint, when the server named one.</summary>
    public string? Constraint { get; init; }
    public long DurationUs { get; init; }
}

/// <summary>Name is schema.table as far as known; access is read or write.</summary>
internal sealed record TableAccess(string Name, string Access);

internal sealed record TransactionEnded : Observation
{
    public required string Point { get; init; }
    /// <summary>committed, rolled_back or leaked.</summary>
    public required string Outcome { get; init; }
}

/// <summary>A database was brought back to its baseline before it was handed to a test.</summary>
internal sealed record DatabaseReset : Observation
{
    public required string Point { get; init; }
    /// <summary>clean (nothing to do), delete, truncate, clone, rollback, respawn.</summary>
    public required string Strategy { get; init; }
    public long DurationUs { get; init; }
    /// <summary>Tables that held rows of the previous test: what the server itself knows was written.</summary>
    public IReadOnlyList<TableAccess>? Tables { get; init; }
    public string? Reason { get; init; }
}
