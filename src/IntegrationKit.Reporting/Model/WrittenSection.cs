namespace IntegrationKit.Model;

/// <summary>Section 3: the tests that exist, whatever came of them, and what changed since the baseline.</summary>
internal sealed record WrittenSection
{
    public int Total { get; init; }
    public required IReadOnlyList<Group> ByClass { get; init; }
    public required IReadOnlyList<Group> ByWorkflow { get; init; }
    public required IReadOnlyList<Group> ByIntegrationPoint { get; init; }
    public required IReadOnlyList<Group> ByCategory { get; init; }
    /// <summary>Test ids the baseline did not have; null without a baseline.</summary>
    public IReadOnlyList<string>? New { get; init; }
    /// <summary>Tests the baseline had and this suite has not; none when the run is of a part of the suite, null without a baseline.</summary>
    public IReadOnlyList<TestReference>? Removed { get; init; }
    /// <summary>How many tests of the baseline a run of a part of the suite (a filter, a shard) left out; null when the run is whole and without a baseline.</summary>
    public int? NotSelected { get; init; }
    public int WithoutWorkflow { get; init; }
    public required IReadOnlyList<TestReference> ExplicitOrSkipped { get; init; }
}

internal sealed record Group(string Name, int Tests);

internal sealed record TestReference(string TestId, string Name, string? Reason = null);
