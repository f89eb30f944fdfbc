using System.Globalization;

namespace IntegrationKit.Containers;

/// <summary>
/// The label that says which process a container belongs to: the machine since its last start, the process namespace, the
/// process id and its start time. Only a container whose owner provably lived here and is gone is an orphan.
/// </summary>
internal sealed record OwnerLabel(string Host, int Process, string Started)
{
    public const string Key = "integrationkit.owner";

    private static readonly Lazy<OwnerLabel> Self = new(() => new OwnerLabel(HostName(), Environment.ProcessId, StartOf(Environment.ProcessId) ?? "unknown"));

    /// <summary>This process.</summary>
    public static OwnerLabel Mine => Self.Value;

    /// <summary>True when the owner lived on this machine and does not live any more.</summary>
    public bool IsOrphan => Host == Mine.Host && StartOf(Process) != Started;

    public static OwnerLabel? Parse(string text) =>
        text.Split('/') is [var host, var process, var started] && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new OwnerLabel(host, id, started)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}/{Process}/{Started}");

    /// <summary>When a process started, in a form that another process with the same id does not share; null when there is none.</summary>
    private static string? StartOf(int process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // Field 22, counted behind the name, which may hold spaces and parentheses.
                var line = File.ReadAllText($"/proc/{process}/stat");
                return line[(line.LastIndexOf(')') + 2)..].Split(' ')[19];
            }

            using var found = System.Diagnostics.Process.GetProcessById(process);
            return found.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Processes of two containers on one machine have ids of their own; the namespace tells them apart.</summary>
    private static string HostName()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Environment.MachineName;
        }

        var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        var ids = new FileInfo("/proc/self/ns/pid").LinkTarget ?? "pid";
        return $"{boot}-{string.Concat(ids.Where(char.IsAsciiDigit))}";
    }
}
