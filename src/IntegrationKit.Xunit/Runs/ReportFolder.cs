using System.Reflection;
using IntegrationKit.Fixtures;

namespace IntegrationKit.Runs;

/// <summary>
/// Where the report goes: the environment variable <c>INTEGRATIONKIT_REPORT</c>, else the MSBuild property
/// <c>IntegrationKitReportFolder</c>, else <c>TestResults/integration</c> of the project, else of the output folder.
/// Relative paths resolve against the project folder; <c>{assembly}</c> stands for the name of the test assembly, so that one
/// variable serves the suites of a whole solution; <c>none</c> switches recording off. Resolved once: the runner changes the current directory.
/// </summary>
internal static class ReportFolder
{
    public const string EnvironmentVariable = "INTEGRATIONKIT_REPORT";
    public const string MetadataKey = "IntegrationKit.ReportFolder";
    public const string DefaultPath = "TestResults/integration";

    private const string AssemblyName = "{assembly}";

    /// <summary>In place of a folder: nothing is recorded and no report is written.</summary>
    public const string None = "none";

    public static bool IsOff(Assembly assembly) => Chosen(assembly) == None;

    public static string Resolve(Assembly assembly)
    {
        var output = Path.GetDirectoryName(assembly.Location) is { Length: > 0 } location ? location : AppContext.BaseDirectory;
        var root = FixtureContexts.ProjectDirectory(assembly, output) ?? output;
        var chosen = Chosen(assembly);
        return Path.GetFullPath(Path.Combine(root, string.IsNullOrEmpty(chosen) ? DefaultPath : chosen.Replace(AssemblyName, assembly.GetName().Name, StringComparison.Ordinal)));
    }

    private static string? Chosen(Assembly assembly) => Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } fromEnvironment
        ? fromEnvironment
        : assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(metadata => metadata.Key == MetadataKey)?.Value;
}
