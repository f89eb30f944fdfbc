using System.Diagnostics;
using System.Globalization;
using System.Runtime;

/// <summary>
/// Loaded into each measured process by DOTNET_STARTUP_HOOKS: writes at its end what it spent on what, the same way for
/// every suite. Uses nothing that the suites do not have.
/// </summary>
internal static class StartupHook
{
    public const string FileVariable = "SUITE_PROBE";

    public static void Initialize() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is { } file)
        {
            using var process = Process.GetCurrentProcess();
            File.WriteAllText(file, string.Join(' ', new[]
            {
                process.TotalProcessorTime.TotalSeconds,
                JitInfo.GetCompilationTime().TotalSeconds,
                JitInfo.GetCompiledMethodCount(),
                GC.GetTotalPauseDuration().TotalSeconds,
            }.Select(value => value.ToString("0.000", CultureInfo.InvariantCulture))));
        }
    };
}
