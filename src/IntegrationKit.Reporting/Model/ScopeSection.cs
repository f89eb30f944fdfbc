namespace IntegrationKit.Model;

/// <summary>Section 1: what was meant to be covered.</summary>
internal sealed record ScopeSection
{
    public required IReadOnlyList<IntegrationPoint> IntegrationPoints { get; init; }
    public required IReadOnlyList<WorkflowScope> Workflows { get; init; }
    public required ScopeCounts Counts { get; init; }
    public required ScopeFilter Filters { get; init; }
    public required Selection Selected { get; init; }
}

internal sealed record IntegrationPoint
{
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public string? System { get; init; }
    public required string Direction { get; init; }
    public string? Provider { get; init; }
    public required IReadOnlyList<string> DeclaredBy { get; init; }
}

internal sealed record WorkflowScope(string Id, string Name, IReadOnlyList<string> IntegrationPointIds);

/// <summary>How much there is to cover.</summary>
internal sealed record ScopeCounts(int Endpoints, int Tables, int Constraints, int Services);

internal sealed record ScopeFilter
{
    public string? Query { get; init; }
    public string? Shard { get; init; }
}

/// <summary>Cases the runner was told to run, and how many the suite has where that is known.</summary>
internal sealed record Selection(int TestCases, int? Of);
