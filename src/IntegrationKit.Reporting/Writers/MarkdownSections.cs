using System.Globalization;
using System.Text;
using IntegrationKit.Journal;
using IntegrationKit.Model;
using static IntegrationKit.Writers.MarkdownText;

namespace IntegrationKit.Writers;

internal sealed class MarkdownSections(IntegrationReport report, Detail detail)
{
    private readonly StringBuilder text = new();

    public string Compose()
    {
        Header();
        Failures();
        Scope();
        Environment();
        Written();
        Results();
        Coverage();
        Issues();
        Recommendations();
        return text.ToString();
    }

    public string Header()
    {
        var s = report.TestResults.Summary;
        var icon = report.Verdict.Status switch { VerdictStatus.Success => "✅", VerdictStatus.Skipped => "⚪", _ => "❌" };
        Line($"# {icon} Integration report: {report.Verdict.Status}");
        Line();
        Line($"**{s.Passed} passed, {s.Failed} failed, {s.Error} errors, {s.Skipped} skipped, {s.NotRun} not run** of {Counted.Of(s.Tests, "test")}"
            + $"{(s.Flaky > 0 ? $", {s.Flaky} flaky" : "")}, in {DurationText.Of(s.WallUs)}.");
        if (report.Verdict.Reasons.Count > 0)
        {
            Line();
            Line("Because of: " + string.Join(", ", report.Verdict.Reasons.Select(r => $"{r.Count} {r.Text} ({r.RuleId})")) + ".");
        }

        if (Counted.KnownFailures(report.Verdict) is { Length: > 0 } known)
        {
            Line();
            Line(known);
        }

        if (report.Truncations.Count > 0)
        {
            Line();
            Line("Cut to size: " + string.Join(", ", report.Truncations.Select(t => $"{Inline(t.Path)} at {t.Limit}")) + ".");
        }

        Line();
        return text.ToString();
    }

    /// <summary>New failures before those of the baseline, and known ones last.</summary>
    private void Failures()
    {
        var bad = report.TestResults.Tests.Where(t => t.Status is TestStatus.Failed or TestStatus.Error)
            .OrderBy(t => t.Suppressed is not null ? 2 : t.Baseline?.State is "still_failing" ? 1 : 0).ToList();
        if (bad.Count == 0)
        {
            return;
        }

        Line("## Failures");
        Line();
        foreach (var test in bad.Take(detail.Failures))
        {
            Line($"### {Inline(test.Name)}");
            Line();
            Line($"`{test.TestId}` · {test.Status}{(test.RawStatus is null ? "" : $" ({Inline(test.RawStatus)})")}"
                + (test.Baseline is null ? "" : $" · {test.Baseline.State.Replace('_', ' ')}")
                + (test.Suppressed is null ? "" : $" · known failure: {Inline(test.Suppressed.Reason)}")
                + (test.Source is null ? "" : $" · {Inline(test.Source.Path)}:{test.Source.Line}"));
            Line();
            if (test.Error is not null)
            {
                text.Append(Block($"{test.Error.Type}: {test.Error.Message}", 1500));
                Line();
            }
        }

        More(bad.Count, detail.Failures, "failures");
    }

    private void Scope()
    {
        var scope = report.TestScope;
        Line("## Test Scope");
        Line();
        Line($"{Counted.Of(scope.Counts.Endpoints, "endpoint")}, {Counted.Of(scope.Counts.Tables, "table")}, {Counted.Of(scope.Counts.Services, "service")}, {Counted.Of(scope.Workflows.Count, "workflow")}; {Counted.Selected(scope.Selected)}.");
        Line();
        Table(["Integration point", "Kind", "System", "Provider", "Declared by"], scope.IntegrationPoints,
            p => [p.Id, p.Kind, p.System ?? "", p.Provider ?? "", string.Join(", ", p.DeclaredBy)]);
    }

    private void Environment()
    {
        var environment = report.TestEnvironment;
        Line("## Test Environment");
        Line();
        if (environment.Runtime is { } runtime)
        {
            Line($"{Inline(runtime.Framework)} on {Inline(runtime.Os)} {Inline(runtime.OsVersion ?? "")} {runtime.Architecture}, {runtime.ProcessorCount} processors"
                + $"{(environment.TestFramework is null ? "" : $", {Inline(environment.TestFramework)}")}"
                + $"{(environment.Vcs?.Commit is { } commit ? $", commit {Inline(commit)}" : "")}.");
            Line();
        }

        Table(["Resource", "Kind", "Version", "Provider", "State", "Start", "Why"], environment.Resources,
            r => [r.Name, r.Kind, r.Version ?? "", r.Provider ?? "", r.State, r.StartUs is { } us ? DurationText.Of(us) : "", r.Error ?? r.Reason ?? ""]);
        Table(["Database", "Isolation", "Migrations", "Seeds", "Resets", "Reset p50 / p95"], environment.Databases,
            d => [d.IntegrationPointId, d.Isolation, d.Migrations.Count.ToString(CultureInfo.InvariantCulture), string.Join(", ", d.Seeds),
                d.Resets.Count.ToString(CultureInfo.InvariantCulture), $"{DurationText.Of(d.Resets.P50Us)} / {DurationText.Of(d.Resets.P95Us)}"]);
    }

    private void Written()
    {
        var written = report.TestsWritten;
        Line("## Tests Written");
        Line();
        Line($"{Counted.Of(written.Total, "test")} in {Counted.Of(written.ByClass.Count, "class")}, {written.WithoutWorkflow} without a workflow"
            + $"{Counted.Changes(written)}.");
        Line();
        Table(["Workflow", "Tests"], written.ByWorkflow, g => [g.Name, g.Tests.ToString(CultureInfo.InvariantCulture)]);
        Table(["Integration point", "Tests"], written.ByIntegrationPoint, g => [g.Name, g.Tests.ToString(CultureInfo.InvariantCulture)]);
    }

    private void Results()
    {
        Line("## Test Results");
        Line();
        Table(["Class", "Tests", "Passed", "Failed", "Errors", "Skipped", "Time"], report.TestResults.Suites,
            s => [s.Name, N(s.Tests), N(s.Passed), N(s.Failed), N(s.Error), N(s.Skipped + s.NotRun), DurationText.Of(s.DurationUs)]);
        var slow = report.TestResults.Tests.OrderByDescending(t => t.DurationUs).ThenBy(t => t.TestId, StringComparer.Ordinal).Take(5).ToList();
        var slower = report.TestResults.Tests.Where(t => t.Baseline?.DurationChange is not null)
            .OrderByDescending(t => t.Baseline!.DurationChange).ThenBy(t => t.TestId, StringComparer.Ordinal).ToList();
        if (slower.Count > 0)
        {
            Line("Slower than usual: " + string.Join(", ", slower.Take(5).Select(t => string.Create(CultureInfo.InvariantCulture, $"{Inline(t.Name)} × {t.Baseline!.DurationChange}")))
                + $"{(slower.Count > 5 ? $" and {slower.Count - 5} more" : "")}.");
            Line();
        }

        Line("Slowest: " + string.Join(", ", slow.Select(t => $"{Inline(t.Name)} {DurationText.Of(t.DurationUs)}")) + ".");
        Line();
    }

    private void Coverage()
    {
        var coverage = report.Coverage;
        Line("## Coverage");
        Line();
        Table(["Endpoint", "Tests", "Calls", "Statuses seen"], coverage.Endpoints,
            e => [$"{e.Method} {e.Route}", N(e.Exercise.Tests), N(e.Exercise.Calls), e.Exercise.Calls == 0 ? "never called" : string.Join(", ", e.Statuses.Select(s => s.Status).Distinct())]);
        Table(["Table", "Read by", "Written by", "Changed (server)", "By test code"], coverage.Tables,
            t => [t.Name, N(t.Read.Tests), N(t.Written.Tests), N(t.FoundChanged.Tests), N(t.ReadByTests.Tests + t.WrittenByTests.Tests)]);
        Table(["Service", "Tests", "Calls", "Outcomes"], coverage.Services,
            s => [s.IntegrationPointId, N(s.Exercise.Tests), N(s.Exercise.Calls), Counted.Outcomes(s)]);
        Table(["Workflow", "Tests", "Passed", "Failed"], coverage.Workflows, w => [w.Id, N(w.Tests), N(w.Passed), N(w.Failed)]);
        var u = coverage.Unattributed;
        Line($"Not attributed to any test: {Counted.Of(u.Requests, "request")}, {Counted.Of(u.Statements, "statement")}, {Counted.Of(u.Calls, "call")}, {Counted.Of(u.Other, "other")}.");
        Line();
    }

    private void Issues()
    {
        Line("## Issues Found");
        Line();
        foreach (var issue in report.Issues.Take(detail.Issues))
        {
            Line($"- **{issue.Level}** {issue.RuleId} ({issue.Category}): {Inline(issue.Title)}. {Inline(issue.Message)}");
        }

        Empty(report.Issues.Count);
        More(report.Issues.Count, detail.Issues, "issues");
    }

    private void Recommendations()
    {
        Line("## Recommendations");
        Line();
        foreach (var advice in report.Recommendations.Take(detail.Recommendations))
        {
            Line($"- **P{advice.Priority}** {advice.RuleId}: {Inline(advice.Action)} {Inline(advice.Because)}");
        }

        Empty(report.Recommendations.Count);
        More(report.Recommendations.Count, detail.Recommendations, "recommendations");
    }

    private void Table<T>(string[] header, IReadOnlyList<T> rows, Func<T, string[]> cells)
    {
        if (rows.Count == 0)
        {
            return;
        }

        Line("| " + string.Join(" | ", header) + " |");
        Line("|" + string.Concat(header.Select(_ => " --- |")));
        foreach (var row in rows.Take(detail.Rows))
        {
            Line("| " + string.Join(" | ", cells(row).Select(c => Inline(c, 120))) + " |");
        }

        Line();
        More(rows.Count, detail.Rows, "rows");
    }

    private void Empty(int count) => Line(count == 0 ? "None.\n" : "");

    private void More(int count, int shown, string what)
    {
        if (count > shown)
        {
            Line($"… and {count - shown} more {what}, all in report.html and report.json.");
            Line();
        }
    }

    private static string N(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void Line(string line = "") => text.Append(line).Append('\n');
}
