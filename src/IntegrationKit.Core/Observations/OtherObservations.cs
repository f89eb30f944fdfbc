namespace IntegrationKit.Observations;

/// <summary>The application wrote a log entry of level warning or above.</summary>
internal sealed record LogWritten : Observation
{
    public required string Point { get; init; }
    public required string Category { get; init; }
    public required string Level { get; init; }
    public required string Message { get; init; }
    public string? Exception { get; init; }
}

internal sealed record MessageObserved : Observation
{
    public required string Point { get; init; }
    public required string Destination { get; init; }
    /// <summary>sent or received.</summary>
    public required string Direction { get; init; }
    public long? Bytes { get; init; }
    public string? Error { get; init; }
}

internal sealed record FileObserved : Observation
{
    public required string Point { get; init; }
    public required string Path { get; init; }
    public long Bytes { get; init; }
}

/// <summary>
/// A fixture found something wrong: an unmatched request, an unused stub, a leaked transaction, a fallback.
/// </summary>
internal sealed record IssueObserved : Observation
{
    /// <summary>Rule id of the report, for example IK5001.</summary>
    public required string Rule { get; init; }
    /// <summary>error, warning or note.</summary>
    public required string Level { get; init; }
    /// <summary>product, test, environment, coverage, performance or reliability.</summary>
    public required string Category { get; init; }
    public required string Title { get; init; }
    public required string Message { get; init; }
    public string? Point { get; init; }
    public string? Resource { get; init; }
    public IReadOnlyList<string>? Evidence { get; init; }
}
