using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace IntegrationKit.Model;

/// <summary>
/// The document behind every format: seven sections in reading order inside an envelope. Absent means null; durations
/// are microseconds; lists are sorted ordinally unless their order means something.
/// </summary>
internal sealed record IntegrationReport
{
    public const string CurrentSchema = "https://integrationkit.dev/schema/integration-report/1.0/schema.json";
    public const string FormatName = "IntegrationReport";
    public const string CurrentVersion = "1.0";

    [JsonPropertyName("$schema"), AllowedValues(CurrentSchema)]
    public string Schema { get; init; } = CurrentSchema;
    [AllowedValues(FormatName)]
    public string ReportFormat { get; init; } = FormatName;
    public string SchemaVersion { get; init; } = CurrentVersion;
    /// <summary>Derived from the journals: the same journals have the same report id.</summary>
    public required string ReportId { get; init; }
    public required string RunId { get; init; }
    public required Generator Generator { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required IReadOnlyList<Shard> Shards { get; init; }
    public required Verdict Verdict { get; init; }
    public required ScopeSection TestScope { get; init; }
    public required EnvironmentSection TestEnvironment { get; init; }
    public required WrittenSection TestsWritten { get; init; }
    public required ResultsSection TestResults { get; init; }
    public required CoverageSection Coverage { get; init; }
    public required IReadOnlyList<Issue> Issues { get; init; }
    public required IReadOnlyList<Recommendation> Recommendations { get; init; }
    /// <summary>Every rule named by an issue or a recommendation, once.</summary>
    public required IReadOnlyList<RuleDescription> Rules { get; init; }
    public Baseline? Baseline { get; init; }
    public required IReadOnlyList<Truncation> Truncations { get; init; }
    public required Redactions Redactions { get; init; }
}

internal sealed record Generator(string Name, string Version);

/// <summary>One journal that went into the report.</summary>
internal sealed record Shard
{
    public required string Assembly { get; init; }
    public string? TargetFramework { get; init; }
    public string? ShardId { get; init; }
    public int? ShardCount { get; init; }
    public int Attempt { get; init; } = 1;
    public required string RunId { get; init; }
    /// <summary>SHA-256 of the journal file, by which merging recognises the same input.</summary>
    public required string Digest { get; init; }
    /// <summary>finished or aborted.</summary>
    [AllowedValues("finished", "aborted")]
    public required string State { get; init; }
}

internal static class VerdictStatus
{
    public const string Success = "success";
    public const string Failure = "failure";
    public const string Aborted = "aborted";
    public const string Skipped = "skipped";
}

/// <param name="Status">success, failure, aborted or skipped.</param>
/// <param name="Reasons">Why it is not a success.</param>
/// <param name="KnownFailures">Failing tests that are known and therefore no reason; null for none.</param>
internal sealed record Verdict(
    [property: AllowedValues(VerdictStatus.Success, VerdictStatus.Failure, VerdictStatus.Aborted, VerdictStatus.Skipped)] string Status,
    IReadOnlyList<VerdictReason> Reasons,
    int? KnownFailures = null);

internal sealed record VerdictReason(string RuleId, string Text, int Count);

/// <summary>The report this one is compared with.</summary>
internal sealed record Baseline(string ReportId, string RunId, DateTimeOffset StartedAt, string? Commit);

/// <summary>What was cut to keep a size limit.</summary>
internal sealed record Truncation(string Path, string Limit, long Dropped);

internal sealed record Redactions(long Total, string Token);
