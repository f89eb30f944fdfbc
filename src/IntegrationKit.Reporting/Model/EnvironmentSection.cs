using System.ComponentModel.DataAnnotations;

namespace IntegrationKit.Model;

/// <summary>Section 2: what the tests ran on. Holds no user name and no host name.</summary>
internal sealed record EnvironmentSection
{
    public RuntimeFacts? Runtime { get; init; }
    public string? TestFramework { get; init; }
    public SourceFacts? Vcs { get; init; }
    public CiFacts? Ci { get; init; }
    public required RunConfiguration Configuration { get; init; }
    public required IReadOnlyList<EnvironmentResource> Resources { get; init; }
    public required IReadOnlyList<EnvironmentDatabase> Databases { get; init; }
}

internal sealed record RuntimeFacts
{
    public required string Framework { get; init; }
    public required string Os { get; init; }
    public string? OsVersion { get; init; }
    public required string Architecture { get; init; }
    public int ProcessorCount { get; init; }
    public long MemoryBytes { get; init; }
    public string? Culture { get; init; }
    public string? TimeZone { get; init; }
}

internal sealed record SourceFacts(string? Repository, string? Commit, string? Branch);

internal sealed record CiFacts(string Provider, string? BuildId, string? Url);

internal sealed record RunConfiguration
{
    public string? Parallelism { get; init; }
    public int? Seed { get; init; }
    public required IReadOnlyDictionary<string, string> Options { get; init; }
}

internal sealed record EnvironmentResource
{
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public string? Version { get; init; }
    public string? Provider { get; init; }
    public string? Reason { get; init; }
    public required IReadOnlyList<Rejection> Rejected { get; init; }
    public string? Endpoint { get; init; }
    [AllowedValues("starting", "ready", "failed", "reused", "stopped")]
    public required string State { get; init; }
    public long? StartUs { get; init; }
    public string? Error { get; init; }
    public required IReadOnlyDictionary<string, string> Details { get; init; }
}

internal sealed record Rejection(string Provider, string Reason);

internal sealed record EnvironmentDatabase
{
    public required string IntegrationPointId { get; init; }
    public required string ResourceId { get; init; }
    public string? MigrationTool { get; init; }
    public required IReadOnlyList<string> Migrations { get; init; }
    public string? TemplateHash { get; init; }
    public bool TemplateReused { get; init; }
    public required IReadOnlyList<string> Seeds { get; init; }
    public required string Isolation { get; init; }
    public long? PrepareUs { get; init; }
    public required ResetFacts Resets { get; init; }
}

/// <summary>How often the database was brought back to its baseline, by strategy, and what it cost.</summary>
internal sealed record ResetFacts(int Count, IReadOnlyDictionary<string, int> ByStrategy, long P50Us, long P95Us);
