namespace IntegrationKit.Journal;

/// <summary>Header line of a journal.</summary>
internal sealed record RunStarted : JournalEvent
{
    public const string FormatName = "integrationkit.journal";
    public const int CurrentVersion = 1;

    public string Format { get; init; } = FormatName;
    public int Version { get; init; } = CurrentVersion;
    public required string RunId { get; init; }
    public string? ShardId { get; init; }
    public int? ShardCount { get; init; }
    public int Attempt { get; init; } = 1;
    public required DateTimeOffset StartedAt { get; init; }
    public int ProcessId { get; init; }
    public required string Assembly { get; init; }
    public string? TargetFramework { get; init; }
    public string? Generator { get; init; }
    public RunEnvironment? Environment { get; init; }
}

/// <summary>Facts about the machine and the build that the run cannot change. No user or host names.</summary>
internal sealed record RunEnvironment
{
    public required string Framework { get; init; }
    public required string Os { get; init; }
    public string? OsVersion { get; init; }
    public required string Architecture { get; init; }
    public int ProcessorCount { get; init; }
    public long MemoryBytes { get; init; }
    public string? Culture { get; init; }
    public string? TimeZone { get; init; }
    public string? Repository { get; init; }
    public string? Commit { get; init; }
    public string? Branch { get; init; }
    public string? CiProvider { get; init; }
    public string? CiBuildId { get; init; }
    public string? CiBuildUrl { get; init; }
    /// <summary>Library options in force, name to value, redacted.</summary>
    public IReadOnlyDictionary<string, string>? Options { get; init; }
}

/// <summary>What the runner said about itself when it began; comes shortly after <see cref="RunStarted"/>.</summary>
internal sealed record RunConfigured : JournalEvent
{
    /// <summary>For example <c>xUnit.net v3 3.2.2</c>.</summary>
    public string? TestFramework { get; init; }
    /// <summary>For example <c>collection-per-class, parallel (2 threads)</c>.</summary>
    public string? Parallelism { get; init; }
    public int? Seed { get; init; }
}

/// <summary>The runner told what it is going to execute. A theory that is not expanded yet counts as one case.</summary>
internal sealed record RunPlanned : JournalEvent
{
    public int TestCases { get; init; }
    /// <summary>Cases of the suite before it was split into shards; null when nothing was left out.</summary>
    public int? Of { get; init; }
    public string? Filter { get; init; }
    /// <summary>Digest of the split into shards: the same for all shards that belong together.</summary>
    public string? Split { get; init; }
}

/// <summary>
/// A case the runner intends to execute, so that a test that never started is still reported. What its tests have in common
/// is said here, once: a case may have thousands of them.
/// </summary>
internal sealed record TestCasePlanned : JournalEvent
{
    /// <summary>Its number in this run.</summary>
    public required string CaseId { get; init; }
    public required string Name { get; init; }
    public required string ClassName { get; init; }
    public string? MethodName { get; init; }
    public IReadOnlyList<string>? Categories { get; init; }
    public IReadOnlyList<string>? Workflows { get; init; }
    /// <summary>All traits, name to values, categories and workflows included.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Traits { get; init; }
    public string? SourcePath { get; init; }
    public int? SourceLine { get; init; }
    /// <summary>The id of its only test, where the case is a row of a theory: else it follows from class and method.</summary>
    public string? TestId { get; init; }
}

/// <summary>The suite accepts findings of a rule, with a reason.</summary>
internal sealed record FindingSuppressed : JournalEvent
{
    public required string Rule { get; init; }
    /// <summary>Target, title or id of the finding, or id of a test, with <c>*</c>; null means all of the rule.</summary>
    public string? Match { get; init; }
    public required string Reason { get; init; }
    public DateOnly? Until { get; init; }
}

internal sealed record RunFinished : JournalEvent
{
    public int Total { get; init; }
    public int Failed { get; init; }
    public int Skipped { get; init; }
    public int NotRun { get; init; }
    public bool Cancelled { get; init; }
    public long DurationUs { get; init; }
    /// <summary>Texts in which a secret was masked; filled in by the recorder.</summary>
    public long Redactions { get; init; }
}

/// <summary>A signal or a crash ended the run before the runner did.</summary>
internal sealed record RunAborted : JournalEvent
{
    public required string Reason { get; init; }
}
