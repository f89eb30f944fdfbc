using System.CommandLine;
using System.Diagnostics;

namespace IntegrationKit.Commands;

/// <summary><c>integrationkit open DIR</c>: shows report.html in the browser.</summary>
internal static class OpenCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "report folder", DefaultValueFactory = _ => "TestResults/integration" };
        var command = new Command("open", "Opens report.html in the browser.") { folder };
        command.SetAction(parsed => ReportDocument.Run(parsed, () =>
        {
            var path = Path.GetFullPath(Path.Combine(parsed.GetValue(folder)!, "report.html"));
            if (!File.Exists(path))
            {
                throw new InputException($"'{path}' does not exist. Make it with: integrationkit report {parsed.GetValue(folder)}");
            }

            try
            {
                using var browser = Process.Start(new ProcessStartInfo(path) { UseShellExecute = true });
            }
            catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
            {
                parsed.InvocationConfiguration.Output.WriteLine($"No browser could be started. The report is {path}");
            }

            return Comparing.Gates.Passed;
        }));
        return command;
    }
}
