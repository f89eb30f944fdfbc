using System.CommandLine;

namespace IntegrationKit.Commands;

/// <summary><c>integrationkit validate FILE</c>: whether a report.json keeps to the published schema.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("report") { Description = "report.json or its folder" };
        var command = new Command("validate", "Checks a report.json against the published schema.") { file };
        command.SetAction(parsed => ReportDocument.Run(parsed, () =>
        {
            var report = ReportDocument.Load(parsed.GetValue(file)!);
            parsed.InvocationConfiguration.Output.WriteLine($"valid: {report.ReportFormat} {report.SchemaVersion}, {report.TestResults.Tests.Count} tests, verdict {report.Verdict.Status}");
            return Comparing.Gates.Passed;
        }));
        return command;
    }
}
