using System.ComponentModel.DataAnnotations;

namespace IntegrationKit.Model;

internal static class Level
{
    public const string Error = "error";
    public const string Warning = "warning";
    public const string Note = "note";
}

internal static class Category
{
    public const string Product = "product";
    public const string Test = "test";
    public const string Environment = "environment";
    public const string Coverage = "coverage";
    public const string Performance = "performance";
    public const string Reliability = "reliability";
}

/// <summary>Section 6: something that is wrong, in SARIF's words.</summary>
internal sealed record Issue
{
    /// <summary>Stable over runs: the fingerprint of rule and subject.</summary>
    public required string IssueId { get; init; }
    public required string RuleId { get; init; }
    [AllowedValues(Model.Level.Error, Model.Level.Warning, Model.Level.Note)]
    public required string Level { get; init; }
    [AllowedValues(Model.Category.Product, Model.Category.Test, Model.Category.Environment, Model.Category.Coverage, Model.Category.Performance, Model.Category.Reliability)]
    public required string Category { get; init; }
    public required string Title { get; init; }
    public required string Message { get; init; }
    public required IReadOnlyList<string> TestIds { get; init; }
    public required IReadOnlyList<string> IntegrationPointIds { get; init; }
    public required IReadOnlyList<string> ResourceIds { get; init; }
    public required IReadOnlyList<Location> Locations { get; init; }
    public required IReadOnlyList<string> Evidence { get; init; }
    public int OccurrenceCount { get; init; }
    /// <summary>new or unchanged against the baseline; null without one.</summary>
    [AllowedValues("new", "unchanged")]
    public string? BaselineState { get; init; }
    public Suppression? Suppressed { get; init; }
}

internal sealed record Location(string Path, int? Line);

internal sealed record Suppression(string By, string Reason, DateOnly? Until);

/// <summary>Section 7: a test worth writing or a change worth making, always with its evidence.</summary>
internal sealed record Recommendation
{
    /// <summary>Stable over runs: the fingerprint of rule and subject.</summary>
    public required string Id { get; init; }
    public required string RuleId { get; init; }
    /// <summary>1 (first) to 5 (for information).</summary>
    public int Priority { get; init; }
    /// <summary>warning, or note for information only.</summary>
    [AllowedValues(Model.Level.Warning, Model.Level.Note)]
    public required string Level { get; init; }
    /// <summary>What it is about, for suppressing it: an endpoint, a table, a service, a test.</summary>
    public required string Target { get; init; }
    /// <summary>What to do, as one imperative sentence.</summary>
    public required string Action { get; init; }
    /// <summary>Why, in numbers of this run.</summary>
    public required string Because { get; init; }
    public required IReadOnlyList<string> TestIds { get; init; }
    public required IReadOnlyList<string> IntegrationPointIds { get; init; }
    /// <summary>A C# test to fill in; it compiles as it is.</summary>
    public string? Skeleton { get; init; }
    public Suppression? Suppressed { get; init; }
}

internal sealed record RuleDescription(string Id, string Name, string Help);
