using System.CommandLine;
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
        var command = new Command("compare", "Says which tests are new, regressed, fixed, still failing or gone. Exit code 1 when a test regressed.") { current, baseline };
        command.SetAction(parsed => ReportDocument.Run(parsed, () =>
        {
            var report = ReportComparison.Apply(ReportDocument.Load(parsed.GetValue(current)!), ReportDocument.Load(parsed.GetValue(baseline)!));
            Print(report, parsed.InvocationConfiguration.Output);
            return report.TestResults.Tests.Any(t => t.Baseline?.State == "regressed") ? Gates.Failed : Gates.Passed;
        }));
        return command;
    }

    private static void Print(IntegrationReport report, TextWriter output)
    {
        foreach (var group in report.TestResults.Tests.Where(t => t.Baseline!.State != "unchanged").GroupBy(t => t.Baseline!.State, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{group.Key.Replace('_', ' ')}: {group.Count()}");
            foreach (var test in group)
            {
                output.WriteLine($"  {test.Name} ({test.Baseline!.PreviousStatus ?? "-"} -> {test.Status})");
            }
        }

        foreach (var slow in report.TestResults.Tests.Where(t => t.Baseline?.DurationChange is not null))
        {
            output.WriteLine($"slower: {slow.Name} x{slow.Baseline!.DurationChange?.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
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
