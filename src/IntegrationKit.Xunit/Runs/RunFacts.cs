using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using IntegrationKit.Journal;
using IntegrationKit.Observations;

namespace IntegrationKit.Runs;

/// <summary>Facts about machine, build and version control for the head of the journal. No user and no host names.</summary>
internal static class RunFacts
{
    public static RunStarted Describe(Assembly assembly, string runId, string? projectDirectory, TimeProvider time) => new()
    {
        RunId = runId,
        StartedAt = time.GetUtcNow(),
        ProcessId = Environment.ProcessId,
        Assembly = assembly.GetName().Name ?? "unknown",
        TargetFramework = assembly.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName,
        Generator = "IntegrationKit " + Version,
        Environment = Machine(projectDirectory, time),
    };

    public static string Version =>
        typeof(RunFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static RunEnvironment Machine(string? projectDirectory, TimeProvider time)
    {
        var git = VersionControl.Read(projectDirectory);
        var ci = ContinuousIntegration.Detect();
        return new RunEnvironment
        {
            Framework = RuntimeInformation.FrameworkDescription,
            Os = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux",
            OsVersion = RuntimeInformation.OSDescription,
            Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            ProcessorCount = Environment.ProcessorCount,
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            Culture = CultureInfo.CurrentCulture.Name is { Length: > 0 } culture ? culture : "invariant",
            TimeZone = time.LocalTimeZone.Id,
            Commit = ci?.Commit ?? git.Commit,
            Branch = ci?.Branch ?? git.Branch,
            CiProvider = ci?.Provider,
            CiBuildId = ci?.BuildId,
            CiBuildUrl = ci?.Url,
        };
    }

    /// <summary>A pattern of the user that masks nothing: told in the report, because not every runner shows what is printed.</summary>
    public static IssueObserved Describe(string redactionProblem) => new()
    {
        Rule = "IK7003",
        Level = "warning",
        Category = "environment",
        Origin = Origin.Kit,
        Title = "A redaction pattern cannot be used",
        Message = redactionProblem,
    };

    public static FindingSuppressed Describe(SuppressFindingAttribute suppression) => new()
    {
        Rule = suppression.Rule,
        Match = suppression.Target,
        Reason = suppression.Reason,
        Until = DateOnly.TryParseExact(suppression.Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
    };
}
