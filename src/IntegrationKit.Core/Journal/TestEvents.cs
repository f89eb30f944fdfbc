using System.Text.Json.Serialization;

namespace IntegrationKit.Journal;

/// <summary>A test begins. What it does not say of itself is as its case says.</summary>
internal sealed record TestStarted : JournalEvent
{
    /// <summary>Unique within the run: <c>testId@attempt</c>.</summary>
    public required string Execution { get; init; }
    /// <summary>Stable over runs, machines and checkouts (see <c>TestIds</c>).</summary>
    public required string TestId { get; init; }
    /// <summary>The case this test belongs to: <see cref="TestCasePlanned.CaseId"/>.</summary>
    public string? CaseId { get; init; }
    public int Attempt { get; init; } = 1;
    /// <summary>The attempts are repetitions that all count: one failure fails the test.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Repeats { get; init; }
    public string? Name { get; init; }
    public string? ClassName { get; init; }
    public string? MethodName { get; init; }
    public IReadOnlyList<TestParameter>? Parameters { get; init; }
    public IReadOnlyList<string>? Categories { get; init; }
    public IReadOnlyList<string>? Workflows { get; init; }
    /// <summary>All traits, name to values, categories and workflows included; where it has any, all three are its own.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Traits { get; init; }
    public string? SourcePath { get; init; }
    public int? SourceLine { get; init; }

    /// <summary>The case as it is for this test: itself, unless the test has something of its own.</summary>
    public TestCasePlanned Of(TestCasePlanned? planned)
    {
        var labelled = Categories is not null || Workflows is not null || Traits is not null;
        if (planned is not null && !labelled && ClassName is null && MethodName is null && SourcePath is null && SourceLine is null)
        {
            return planned;
        }

        return new TestCasePlanned
        {
            CaseId = CaseId ?? TestId,
            Name = planned?.Name ?? Name ?? TestId,
            ClassName = ClassName ?? planned?.ClassName ?? "",
            MethodName = MethodName ?? planned?.MethodName,
            Categories = labelled ? Categories : planned?.Categories,
            Workflows = labelled ? Workflows : planned?.Workflows,
            Traits = labelled ? Traits : planned?.Traits,
            SourcePath = SourcePath ?? planned?.SourcePath,
            SourceLine = SourceLine ?? planned?.SourceLine,
        };
    }
}

internal sealed record TestParameter(string Name, string Value);

internal static class TestStatus
{
    public const string Passed = "passed";
    public const string Failed = "failed";
    public const string Error = "error";
    public const string Skipped = "skipped";
    public const string NotRun = "not_run";
}

internal sealed record TestFinished : JournalEvent
{
    public required string Execution { get; init; }
    /// <summary>One of <see cref="TestStatus"/>.</summary>
    public required string Status { get; init; }
    /// <summary>What the runner said: assertion, exception, timeout, fixture_failed, explicit … Null where the status says it all.</summary>
    public string? RawStatus { get; init; }
    public string? Reason { get; init; }
    public long DurationUs { get; init; }
    /// <summary>Time spent before the test body: lease of a lane, reset, host start.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long SetupUs { get; init; }
    public TestError? Error { get; init; }
    public string? Output { get; init; }
    /// <summary>Characters of <see cref="Output"/> that were cut; filled in by the recorder.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int OutputCut { get; init; }
    public IReadOnlyList<string>? Warnings { get; init; }
    public IReadOnlyList<TestAttachment>? Attachments { get; init; }
    /// <summary>What the test itself said held secrets; filled in by the recorder.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Masked { get; init; }
}

internal sealed record TestAttachment(string Name, string ContentType, string Path, long Bytes, string Sha256);

internal sealed record TestError
{
    public required string Type { get; init; }
    public required string Message { get; init; }
    /// <summary>Characters of <see cref="Message"/> that were cut; filled in by the recorder.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int MessageCut { get; init; }
    public string? Stack { get; init; }
    /// <summary>The same of <see cref="Stack"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int StackCut { get; init; }
    public IReadOnlyList<TestError>? Inner { get; init; }
}

/// <summary>A fixture could not be made or cleaned up; the tests that need it are environment errors.</summary>
internal sealed record FixtureFailed : JournalEvent
{
    /// <summary>assembly, collection, class, method, case or test.</summary>
    public required string Scope { get; init; }
    public required string Name { get; init; }
    /// <summary>initialize or cleanup.</summary>
    public required string Phase { get; init; }
    public required TestError Error { get; init; }
}

/// <summary>A step inside a test, from <c>[Workflow]</c> steps.</summary>
internal sealed record StepFinished : JournalEvent
{
    public required string Test { get; init; }
    public required string Name { get; init; }
    public required string Status { get; init; }
    public long StartUs { get; init; }
    public long DurationUs { get; init; }
}
