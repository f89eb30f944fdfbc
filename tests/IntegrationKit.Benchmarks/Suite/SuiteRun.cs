using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace IntegrationKit.Suite;

/// <summary>A whole test process, measured from outside: the clock on the wall and the processor time of the machine.</summary>
internal sealed partial record SuiteRun(double Wall, double Cpu, int Tests)
{
    public static async Task<SuiteRun> OfAsync(SuitePeer peer, int size, string cache, string? report = null)
    {
        var start = new ProcessStartInfo("dotnet", [peer.Assembly(size), "-noColor"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["INTEGRATIONKIT_CACHE"] = cache;
        if (report is not null)
        {
            start.Environment["INTEGRATIONKIT_REPORT"] = report;
        }

        var cpu = MachineSeconds();
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var wall = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var spent = MachineSeconds() - cpu;
        var total = Summary().Match(output);
        return process.ExitCode == 0 && total.Success
            ? new SuiteRun(wall, spent, int.Parse(total.Groups["total"].Value, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"{peer.Name} failed:\n{output}\n{await errors}");
    }

    /// <summary>Nothing in the page cache, so that assemblies and server binaries come from the disk. Needs root; false without.</summary>
    public static async Task<bool> DropCachesAsync()
    {
        try
        {
            await File.WriteAllTextAsync("/proc/sys/vm/drop_caches", "3");
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Busy time of all processors since the machine started: servers and containers are not our children.</summary>
    private static double MachineSeconds()
    {
        if (!OperatingSystem.IsLinux())
        {
            return double.NaN;
        }

        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / 100; // user, nice, system, irq, softirq
    }

    [GeneratedRegex("Total: (?<total>[0-9]+), Errors: 0, Failed: 0", RegexOptions.ExplicitCapture | RegexOptions.RightToLeft, 1000)]
    private static partial Regex Summary();
}
