using IntegrationKit.Building;
using IntegrationKit.Journal;
using IntegrationKit.Model;
using IntegrationKit.Writers;

namespace IntegrationKit.Comparing;

/// <summary>What a build server may insist on beyond passing tests.</summary>
internal sealed record GateOptions
{
    /// <summary>Fail on findings of this level or above: error, warning or note; null for none.</summary>
    public string? FailOn { get; init; }
    /// <summary>Failing tests that did not fail in the baseline; with it, those that did close no gate.</summary>
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
        var verdict = Reasons(report, gates);
        if (report.Verdict.Status == VerdictStatus.Aborted || verdict.Count > 0)
        {
            reasons.Add($"verdict {report.Verdict.Status}: " + string.Join(", ", verdict.Select(r => $"{r.Count} {r.Text}")));
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
        var fresh = tests.Count(IsNewFailure);
        Add(reasons, fresh > gates.MaxNewFailures, $"{Counted.Of(fresh, "new failure")}, {gates.MaxNewFailures} allowed");
        Add(reasons, tests.Count < gates.MinTests, $"{tests.Count} tests, {gates.MinTests} expected");
        Add(reasons, report.TestResults.Summary.Flaky > gates.MaxFlaky, $"{report.TestResults.Summary.Flaky} flaky tests, {gates.MaxFlaky} allowed");
        var endpoints = report.Coverage.Endpoints.Where(e => e is { Declared: true, Infrastructure: false }).ToList();
        var covered = endpoints.Count == 0 ? 100 : 100.0 * endpoints.Count(e => e.Exercise.Calls > 0) / endpoints.Count;
        Add(reasons, covered < gates.MinEndpointCoverage, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{covered:0.#} % of endpoints are called, {gates.MinEndpointCoverage} % expected"));
        return reasons;
    }

    public static int ExitCode(IntegrationReport report, IReadOnlyList<string> reasons) =>
        report.Verdict.Status == VerdictStatus.Aborted ? Aborted : reasons.Count > 0 ? Failed : Passed;

    /// <summary>Where new failures have a gate of their own, failing tests are judged by that one.</summary>
    private static List<VerdictReason> Reasons(IntegrationReport report, GateOptions gates) => report.Verdict.Status is not (VerdictStatus.Failure or VerdictStatus.Aborted) ? [] :
    [
        .. report.Verdict.Reasons.Where(r => r.RuleId != VerdictBuilder.FailureRule || gates.MaxNewFailures is null || report.Baseline is null),
    ];

    /// <summary>Also of a test that the baseline does not have or did not run: nobody has seen it fail before.</summary>
    private static bool IsNewFailure(TestResult test) => test.Status is TestStatus.Failed or TestStatus.Error
        && test.Suppressed is null && test.Baseline?.State is not ("still_failing" or "changed_failure");

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
