using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using IntegrationKit.Journal;

namespace IntegrationKit.Model;

/// <summary>Section 4: what came of every test.</summary>
internal sealed record ResultsSection
{
    public required Summary Summary { get; init; }
    public required IReadOnlyList<Suite> Suites { get; init; }
    public required IReadOnlyList<TestResult> Tests { get; init; }
}

internal sealed record Summary
{
    public int TestCases { get; init; }
    public int Tests { get; init; }
    public int Passed { get; init; }
    public int Failed { get; init; }
    public int Error { get; init; }
    public int Skipped { get; init; }
    public int NotRun { get; init; }
    public int Flaky { get; init; }
    /// <summary>Sum over the tests.</summary>
    public long DurationUs { get; init; }
    /// <summary>From the start to the end of the run.</summary>
    public long WallUs { get; init; }
}

/// <summary>A test class.</summary>
internal sealed record Suite(string Name, string Assembly, int Tests, int Passed, int Failed, int Error, int Skipped, int NotRun, long DurationUs);

internal sealed record TestResult
{
    public required string TestId { get; init; }
    /// <summary><c>testId@runId.attempt</c>; null for the first attempt in the report's own run, <c>testId@runId.1</c>.</summary>
    public string? ExecutionId { get; init; }
    public required string Name { get; init; }
    public required string Assembly { get; init; }
    /// <summary>Null when all shards ran on the one they name.</summary>
    public string? TargetFramework { get; init; }
    public required string ClassName { get; init; }
    public string? MethodName { get; init; }
    public TestSource? Source { get; init; }
    public IReadOnlyList<Parameter>? Parameters { get; init; }
    public IReadOnlyList<string>? Categories { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Labels { get; init; }
    public IReadOnlyList<string>? WorkflowIds { get; init; }
    /// <summary>passed, failed (an assertion), error (anything else), skipped or not_run.</summary>
    [AllowedValues(TestStatus.Passed, TestStatus.Failed, TestStatus.Error, TestStatus.Skipped, TestStatus.NotRun)]
    public required string Status { get; init; }
    public string? RawStatus { get; init; }
    public string? Reason { get; init; }
    public long StartOffsetUs { get; init; }
    public long DurationUs { get; init; }
    public long SetupUs { get; init; }
    public Failure? Error { get; init; }
    /// <summary>Earlier attempts, oldest first; null when the test ran once.</summary>
    public IReadOnlyList<Attempt>? Attempts { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Flaky { get; init; }
    public IReadOnlyList<Step>? Steps { get; init; }
    public InteractionSummary? Interactions { get; init; }
    public string? Output { get; init; }
    public IReadOnlyList<Attachment>? Attachments { get; init; }
    public IReadOnlyList<string>? Warnings { get; init; }
    public BaselineState? Baseline { get; init; }
    /// <summary>Why the failure does not count: it is known. Null for every other test.</summary>
    public Suppression? Suppressed { get; init; }
}

internal sealed record TestSource(string Path, int? Line);

internal sealed record Parameter(string Name, string Value);

internal sealed record Failure
{
    public required string Type { get; init; }
    public required string Message { get; init; }
    public string? Expected { get; init; }
    public string? Actual { get; init; }
    public string? Stack { get; init; }
    public IReadOnlyList<Failure>? Inner { get; init; }
    public string? Fingerprint { get; init; }
}

internal sealed record Attempt(
    string ExecutionId,
    [property: AllowedValues(TestStatus.Passed, TestStatus.Failed, TestStatus.Error, TestStatus.Skipped, TestStatus.NotRun)] string Status,
    long DurationUs,
    Failure? Error);

internal sealed record Step(string Name, string Status, long StartOffsetUs, long DurationUs);

/// <summary>What the test caused at the integration points, in order; the list is capped, the counts are not.</summary>
internal sealed record InteractionSummary(
    long Count,
    IReadOnlyList<PointCalls> ByPoint,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Dropped,
    IReadOnlyList<Interaction> Items);

internal sealed record PointCalls(string IntegrationPointId, long Calls);

internal sealed record Interaction
{
    /// <summary>request, sql, call, message, file or log.</summary>
    [AllowedValues("request", "sql", "call", "message", "file", "log")]
    public required string Kind { get; init; }
    public string? IntegrationPointId { get; init; }
    public required string Name { get; init; }
    public string? Outcome { get; init; }
    /// <summary>test for what the test's own code did; null for the application, the system under test.</summary>
    public string? Origin { get; init; }
    public long StartOffsetUs { get; init; }
    public long DurationUs { get; init; }
}

internal sealed record Attachment(string Name, string ContentType, string Path, long Bytes, string Sha256);

/// <summary>How the test stands against the baseline.</summary>
internal sealed record BaselineState
{
    /// <summary>new, unchanged, regressed, fixed, still_failing, changed_failure or not_comparable.</summary>
    [AllowedValues("new", "unchanged", "regressed", "fixed", "still_failing", "changed_failure", "not_comparable")]
    public required string State { get; init; }
    public string? PreviousStatus { get; init; }
    public int? FailingFor { get; init; }
    public double? DurationChange { get; init; }
}
