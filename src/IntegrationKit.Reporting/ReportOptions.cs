using IntegrationKit.Comparing;

namespace IntegrationKit;

/// <summary>How a report is made. Nothing here changes what was observed.</summary>
internal sealed record ReportOptions
{
    public static IReadOnlySet<string> DefaultFormats { get; } =
        new HashSet<string>(["json", "md", "html", "ctrf", "junit"], StringComparer.Ordinal);

    public static ReportOptions Default { get; } = new();

    /// <summary>Writes placeholders for everything that differs from run to run (times, ports, generated names); gates and history see the report as it is.</summary>
    public bool Normalize { get; init; }

    /// <summary>Test ids listed per coverage cell; counts are never limited.</summary>
    public int TestIdLimit { get; init; } = 1000;

    /// <summary>A run without tests is a failure, unless this is set.</summary>
    public bool AllowNoTests { get; init; }

    /// <summary>A missing shard is an issue, and makes the verdict aborted unless this is set.</summary>
    public bool AllowMissingShards { get; init; }

    public IReadOnlySet<string> Formats { get; init; } = DefaultFormats;

    public string Generator { get; init; } = "IntegrationKit";

    /// <summary>The report of an earlier run to compare with.</summary>
    public Model.IntegrationReport? Baseline { get; init; }

    /// <summary>Earlier runs, for usual durations and flaky tests.</summary>
    public RunHistory? History { get; init; }

    public IReadOnlyList<KnownFailure> KnownFailures { get; init; } = [];

    /// <summary>Decides which known failures have expired.</summary>
    public DateOnly Today { get; init; } = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    /// <summary>
    /// What is not a function of the journals alone: baseline, earlier runs and known failures. What the suite accepts by
    /// attribute comes after what earlier runs show, so that it can be accepted, too.
    /// </summary>
    public Model.IntegrationReport Finish(Model.IntegrationReport report, Facts.SuiteFacts? facts = null)
    {
        report = Baseline is null ? report : ReportComparison.Apply(report, Baseline, History);
        report = EarlierRuns.Apply(report, Baseline, History);
        report = facts is null ? report : Comparing.KnownFailures.Apply(report, facts);
        report = KnownFailures.Count == 0 ? report : Comparing.KnownFailures.Apply(report, KnownFailures, Today);
        return Baseline is null ? report : ReportComparison.MarkIssues(report, Baseline);
    }
}
