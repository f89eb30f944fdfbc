using System.Diagnostics;
using System.Text.Json;

namespace IntegrationKit.Support;

/// <summary>Runs a test assembly that was built beside this one, as its users do, and reads its report.</summary>
internal sealed record SuiteProcess(int ExitCode, string Output, JsonDocument Report) : IDisposable
{
    public static string AssemblyOf(string project, string name) =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", project, new DirectoryInfo(AppContext.BaseDirectory).Name, $"{name}.dll"));

    /// <param name="assembly">The test assembly.</param>
    /// <param name="arguments">Arguments of its runner.</param>
    public static async Task<SuiteProcess> RunAsync(string assembly, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("ik-suite-").FullName;
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["INTEGRATIONKIT_REPORT"] = folder;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var report = await File.ReadAllBytesAsync(Path.Combine(folder, "report.json"), TestContext.Current.CancellationToken);
        Directory.Delete(folder, recursive: true);
        return new SuiteProcess(process.ExitCode, output, JsonDocument.Parse(report));
    }

    public IReadOnlyList<Finding> Recommendations => [.. Finding.From(Report.RootElement, "recommendations", "target", "action")];

    /// <summary>Rule and target of every recommendation above "for information".</summary>
    public IEnumerable<string> Gaps => Recommendations.Where(found => found.Level != "note").Select(found => $"{found.Rule} {found.Subject}");

    public void Dispose() => Report.Dispose();
}
