using System.CommandLine;
using System.Globalization;
using IntegrationKit.Comparing;
using IntegrationKit.Model;

namespace IntegrationKit.Commands;

/// <summary><c>integrationkit compare NOW --baseline BEFORE</c>: what changed, on the console.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var current = new Argument<string>("report") { Description = "report.json or its folder" };
        var baseline = new Option<string>("--baseline") { Description = "report.json to compare with, or its folder", Required = true };
        var history = new Option<string?>("--history") { Description = "history.jsonl of earlier runs: what is usual, and which tests are flaky; it is only read" };
        var command = new Command("compare", "Says which tests are new, regressed, fixed, still failing or gone. Exit code 1 when a test regressed that is no known failure.") { current, baseline, history };
        command.SetAction(parsed => ReportDocument.Run(parsed, () =>
        {
            var now = ReportDocument.Load(parsed.GetValue(current)!);
            var before = ReportDocument.Load(parsed.GetValue(baseline)!);
            var earlier = parsed.GetValue(history) is { } file ? ReportDocument.Guard(file, () => RunHistory.Read(file)) : null;
            var report = ReportComparison.Apply(now, before, earlier);
            Print(report, new EarlierRuns(report, before, earlier), parsed.InvocationConfiguration.Output);
            return report.TestResults.Tests.Any(t => t.Baseline?.State == "regressed" && t.Suppressed is null) ? Gates.Failed : Gates.Passed;
        }));
        return command;
    }

    private static void Print(IntegrationReport report, EarlierRuns earlier, TextWriter output)
    {
        foreach (var group in report.TestResults.Tests.Where(t => t.Baseline!.State != "unchanged").GroupBy(t => t.Baseline!.State, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{group.Key.Replace('_', ' ')}: {group.Count()}");
            foreach (var test in group)
            {
                output.WriteLine($"  {test.Name} ({test.Baseline!.PreviousStatus ?? "-"} -> {test.Status})");
            }
        }

        foreach (var slow in earlier.Slower())
        {
            output.WriteLine($"slower: {slow.Test.Name} x{slow.Ratio.ToString(CultureInfo.InvariantCulture)}, {EarlierRuns.Text(slow)}");
        }

        foreach (var (test, flips) in earlier.Flaky())
        {
            output.WriteLine($"flaky over earlier runs: {test.Name} changed {EarlierRuns.Text(flips)}");
        }

        foreach (var removed in report.TestsWritten.Removed ?? [])
        {
            output.WriteLine($"removed: {removed.Name}");
        }

        if (report.TestsWritten.NotSelected is { } left)
        {
            output.WriteLine($"{left} of the baseline not selected");
        }

        output.WriteLine($"unchanged: {report.TestResults.Tests.Count(t => t.Baseline!.State == "unchanged")}, new issues: {report.Issues.Count(i => i.BaselineState == "new")}");
    }
}
