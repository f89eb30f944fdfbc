using System.ComponentModel.DataAnnotations;

namespace IntegrationKit.Model;

/// <summary>
/// Section 5: what the application was observed to do, and which tests made it do so. Only the application's own work
/// counts; what test code did itself stands apart.
/// </summary>
internal sealed record CoverageSection
{
    public required IReadOnlyList<PointCoverage> IntegrationPoints { get; init; }
    public required IReadOnlyList<EndpointCoverage> Endpoints { get; init; }
    public required IReadOnlyList<TableCoverage> Tables { get; init; }
    public required IReadOnlyList<ConstraintCoverage> Constraints { get; init; }
    public required IReadOnlyList<ServiceCoverage> Services { get; init; }
    public required IReadOnlyList<TransactionCoverage> Transactions { get; init; }
    public required IReadOnlyList<WorkflowCoverage> Workflows { get; init; }
    public required IReadOnlyList<WorkflowPoint> Matrix { get; init; }
    public required IReadOnlyList<Gap> Gaps { get; init; }
    public required Unattributed Unattributed { get; init; }
}

/// <summary>How often something happened and in which tests. The list of ids is capped, the count is not.</summary>
internal sealed record Exercise(long Calls, int Tests, IReadOnlyList<string> TestIds)
{
    public static readonly Exercise None = new(0, 0, []);
}

internal sealed record PointCoverage
{
    public required string Id { get; init; }
    public bool Declared { get; init; }
    public bool Exercised { get; init; }
    /// <summary>covered, never_exercised or undeclared.</summary>
    [AllowedValues("covered", "never_exercised", "undeclared")]
    public required string State { get; init; }
    public required Exercise Exercise { get; init; }
    public long Errors { get; init; }
    public required IReadOnlyList<OperationCoverage> Operations { get; init; }
}

internal sealed record OperationCoverage(string Name, long Calls, int Tests);

internal sealed record EndpointCoverage
{
    public required string IntegrationPointId { get; init; }
    public required string Method { get; init; }
    public required string Route { get; init; }
    public bool Declared { get; init; }
    /// <summary>Added by a package, for example an OpenAPI document: no gap when no test calls it.</summary>
    public bool Infrastructure { get; init; }
    public bool RequiresAuthorization { get; init; }
    public IReadOnlyList<string>? Roles { get; init; }
    public bool AcceptsBody { get; init; }
    public IReadOnlyList<int>? DocumentedStatuses { get; init; }
    public required Exercise Exercise { get; init; }
    public required IReadOnlyList<StatusCoverage> Statuses { get; init; }
}

/// <summary>Answers of one status to one kind of caller: anonymous or authenticated.</summary>
internal sealed record StatusCoverage(int Status, [property: AllowedValues("anonymous", "authenticated")] string Caller, Exercise Exercise);

internal sealed record TableCoverage
{
    public required string IntegrationPointId { get; init; }
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public string? Role { get; init; }
    public bool Declared { get; init; }
    public required Exercise Read { get; init; }
    public required Exercise Written { get; init; }
    /// <summary>Accesses of test code itself (arranging, asserting); they are not coverage.</summary>
    public required Exercise ReadByTests { get; init; }
    public required Exercise WrittenByTests { get; init; }
    /// <summary>Tests after which the server itself found rows, whoever wrote them.</summary>
    public required Exercise FoundChanged { get; init; }
}

internal sealed record ConstraintCoverage(string IntegrationPointId, string Table, string Name, string Kind, Exercise Violated);

internal sealed record ServiceCoverage
{
    public required string IntegrationPointId { get; init; }
    public required Exercise Exercise { get; init; }
    public required IReadOnlyList<OutcomeCoverage> Outcomes { get; init; }
    public required IReadOnlyList<OutcomeCoverage> Operations { get; init; }
    public MockFacts? Mock { get; init; }
}

/// <summary>2xx, 3xx, 4xx, 5xx, timeout, connection_error or fault; or the name of an operation.</summary>
internal sealed record OutcomeCoverage(string Name, Exercise Exercise);

internal sealed record MockFacts(int StubsDefined, int StubsUsed, IReadOnlyList<string> UnusedStubs, long UnmatchedRequests);

internal sealed record TransactionCoverage(string IntegrationPointId, Exercise Committed, Exercise RolledBack, Exercise Leaked);

internal sealed record WorkflowCoverage(string Id, int Tests, int Passed, int Failed, IReadOnlyList<string> TestIds, IReadOnlyList<WorkflowStep> Steps);

internal sealed record WorkflowStep(string Name, int Tests, int Passed);

internal sealed record WorkflowPoint(string WorkflowId, string IntegrationPointId, int Tests, int Passed, int Failed);

internal sealed record Gap(string Kind, string Id);

/// <summary>Observations that no test can be proven to have caused, for example background work.</summary>
internal sealed record Unattributed(long Requests, long Statements, long Calls, long Other);
