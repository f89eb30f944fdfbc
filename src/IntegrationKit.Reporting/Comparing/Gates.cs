using IntegrationKit.Model;

namespace IntegrationKit.Comparing;

/// <summary>What a build server may insist on beyond passing tests.</summary>
internal sealed record GateOptions
{
    /// <summary>Fail on findings of this level or above: error, warning or note; null for none.</summary>
    public string? FailOn { get; init; }
    public int? MaxNewFailures { get; init; }
    public int? MinTests { get; init; }
    public int? MaxFlaky { get; init; }
    /// <summary>Percent of declared endpoints that some test calls.</summary>
    public double? MinEndpointCoverage { get; init; }
}

internal static class Gates
{
    public const int Passed = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Aborted = 3;

    /// <summary>Why the gates are closed; nothing when they are open.</summary>
    public static IReadOnlyList<string> Check(IntegrationReport report, GateOptions gates)
    {
        List<string> reasons = [];
        if (report.Verdict.Status is VerdictStatus.Failure or VerdictStatus.Aborted)
        {
            reasons.Add($"verdict {report.Verdict.Status}: " + string.Join(", ", report.Verdict.Reasons.Select(r => $"{r.Count} {r.Text}")));
        }

        var expired = report.Issues.Count(i => i.RuleId == "IK3009" && i.Suppressed is null);
        Add(reasons, expired > 0, $"expired known failures: {expired}");
        if (gates.FailOn is { } level)
        {
            var findings = report.Issues.Where(i => i.Suppressed is null && Rank(i.Level) >= Rank(level)).Select(i => i.RuleId)
                .Concat(report.Recommendations.Where(r => r.Suppressed is null && Rank(r.Level) >= Rank(level)).Select(r => r.RuleId))
                .GroupBy(id => id, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
            Add(reasons, findings.Count > 0, $"findings of level {level} or above: {string.Join(", ", findings.Select(g => $"{g.Key} × {g.Count()}"))}");
        }

        var tests = report.TestResults.Tests;
        var regressed = tests.Count(t => t.Baseline?.State is "regressed" || (t.Baseline?.State == "new" && t.Status is "failed" or "error"));
        Add(reasons, regressed > gates.MaxNewFailures, $"{regressed} new failures, {gates.MaxNewFailures} allowed");
        Add(reasons, tests.Count < gates.MinTests, $"{tests.Count} tests, {gates.MinTests} expected");
        Add(reasons, report.TestResults.Summary.Flaky > gates.MaxFlaky, $"{report.TestResults.Summary.Flaky} flaky tests, {gates.MaxFlaky} allowed");
        var endpoints = report.Coverage.Endpoints.Where(e => e is { Declared: true, Infrastructure: false }).ToList();
        var covered = endpoints.Count == 0 ? 100 : 100.0 * endpoints.Count(e => e.Exercise.Calls > 0) / endpoints.Count;
        Add(reasons, covered < gates.MinEndpointCoverage, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{covered:0.#} % of endpoints are called, {gates.MinEndpointCoverage} % expected"));
        return reasons;
    }

    public static int ExitCode(IntegrationReport report, IReadOnlyList<string> reasons) =>
        report.Verdict.Status == VerdictStatus.Aborted ? Aborted : reasons.Count > 0 ? Failed : Passed;

    private static void Add(List<string> reasons, bool closed, string reason)
    {
        if (closed)
        {
            reasons.Add(reason);
        }
    }

    private static int Rank(string level) => level switch
    {
        Level.Error => 3,
        Level.Warning => 2,
        Level.Note => 1,
        _ => 0,
    };
}
