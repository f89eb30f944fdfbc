using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace IntegrationKit.Suite;

/// <summary>
/// A whole test process, measured from outside: the clock on the wall, the processor time of the machine, and what the
/// process itself says it spent: processor time, time in the compiler and methods it compiled, pauses of the collector.
/// </summary>
internal sealed partial record SuiteRun(double Wall, double Cpu, int Tests)
{
    /// <summary>Seconds until the last test and fixture were done; what comes after it is the report.</summary>
    public double Finished { get; init; }

    public double OwnCpu { get; init; }

    public double Compiling { get; init; }

    public double Methods { get; init; }

    public double Pauses { get; init; }

    /// <summary>Servers, containers and everything else that is not the test process.</summary>
    public double OtherCpu => Math.Max(0, Cpu - OwnCpu);

    // durations: A report by which the collections are put in order, so that runs with and without a report of their own are alike.
    public static async Task<SuiteRun> OfAsync(SuitePeer peer, int size, string cache, string? report = null, string? durations = null)
    {
        var probe = Path.GetFullPath(Path.Combine("artifacts", "bench", $"probe-{Environment.ProcessId}.txt"));
        using var process = new Process { StartInfo = Command(peer, size, cache, report, probe) };
        if (durations is not null)
        {
            process.StartInfo.Environment["INTEGRATIONKIT_DURATIONS"] = durations;
        }

        var cpu = MachineSeconds();
        var begun = Stopwatch.GetTimestamp();
        process.Start();
        var errors = process.StandardError.ReadToEndAsync();
        var (output, finished) = await ReadAsync(process.StandardOutput, begun);
        await process.WaitForExitAsync();
        var wall = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var spent = MachineSeconds() - cpu;
        var total = Summary().Match(output);
        if (process.ExitCode != 0 || !total.Success)
        {
            throw new InvalidOperationException($"{peer.Name} failed with {process.ExitCode}:\n{output}\n{await errors}");
        }

        var own = (await File.ReadAllTextAsync(probe)).Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray();
        File.Delete(probe);
        return new SuiteRun(wall, spent, int.Parse(total.Groups["total"].Value, CultureInfo.InvariantCulture))
        {
            Finished = finished,
            OwnCpu = own[0],
            Compiling = own[1],
            Methods = own[2],
            Pauses = own[3],
        };
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

    private static async Task<(string Output, double Finished)> ReadAsync(StreamReader lines, long begun)
    {
        var (output, finished) = (new StringBuilder(), 0.0);
        while (await lines.ReadLineAsync() is { } line)
        {
            finished = line.TrimStart().StartsWith("Finished:", StringComparison.Ordinal) ? Stopwatch.GetElapsedTime(begun).TotalSeconds : finished;
            output.AppendLine(line);
        }

        return (output.ToString(), finished);
    }

    private static ProcessStartInfo Command(SuitePeer peer, int size, string cache, string? report, string probe)
    {
        var start = new ProcessStartInfo("dotnet", [peer.Assembly(size), "-noColor"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["INTEGRATIONKIT_CACHE"] = cache;
        start.Environment["INTEGRATIONKIT_REPORT"] = report ?? Path.GetFullPath(Path.Combine("artifacts", "bench", "suite", "report"));
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(SuiteRun).Assembly.Location;
        start.Environment[StartupHook.FileVariable] = probe;
        return start;
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
