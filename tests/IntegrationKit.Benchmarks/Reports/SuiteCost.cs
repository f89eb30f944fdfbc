using System.Diagnostics;
using System.Globalization;
using IntegrationKit.Framework;
using IntegrationKit.Sharding;

namespace IntegrationKit.Reports;

/// <summary>
/// What recording costs whole suites: the processes of a suite with and without it, interleaved. The time until the runner
/// says that it has finished is the recorder's; writing the report comes after it and has a row of its own.
/// </summary>
internal static class SuiteCost
{
    private const string Unwritable = "/dev/null/nowhere";

    /// <summary>
    /// Two comparisons: as for the Shop with the kit that does not record, which pays for the recorder, and with xUnit without
    /// the kit, which pays for all that the kit does around a test (build/decisions/0051).
    /// </summary>
    public static async Task EmptyAsync(int rounds)
    {
        const int Tests = 10_000;
        var root = Root();
        await BuildAsync(root, "tests/IntegrationKit.Benchmarks/Peers/Empty");
        await BuildAsync(root, "tests/IntegrationKit.Benchmarks/Peers/EmptyBare");
        var bare = Path.Combine(root, "artifacts/bin/EmptyBare/release/EmptyBare.dll");
        var recorded = Path.Combine(root, "artifacts/bin/Empty/release/Empty.dll");
        // The kit widens the parallelism of small machines: what is compared here is the recording, at the same width.
        var threads = Math.Max(Parallelism.AtLeast, Environment.ProcessorCount).ToString(CultureInfo.InvariantCulture);
        string[] width = ["-maxThreads", threads];
        var suite = $"10,000 empty tests ({CompiledAhead.Note(recorded)})";
        var more = await CompareAsync((suite, "not recorded"), 1.10, rounds, _ => RunAsync(recorded, Unwritable, width), folder => RunAsync(recorded, folder, width));
        BenchmarkRow.Write("recorder", $"{suite}, recorded - not recorded, per test", more / Tests * 1e6, "us", 25, rounds);
        await CompareAsync((suite, "xUnit alone"), 1.25, rounds, folder => RunAsync(bare, folder, width), folder => RunAsync(recorded, folder, width));
    }

    /// <summary>
    /// The same suite with a report folder that cannot be written: everything runs, nothing is recorded. Both sides take the
    /// durations of one run: left to itself the recorded side would start its slowest tests first, the other one any.
    /// </summary>
    public static async Task ShopAsync(int rounds)
    {
        var root = Root();
        await BuildAsync(root, "examples/Shop.IntegrationTests");
        var shop = Path.Combine(root, "artifacts/bin/Shop.IntegrationTests/release/Shop.IntegrationTests.dll");
        var earlier = Directory.CreateTempSubdirectory("ik-bench-").FullName;
        try
        {
            await RunAsync(shop, earlier);
            Environment.SetEnvironmentVariable(RecordedDurations.EnvironmentVariable, Path.Combine(earlier, "report.json"));
            await CompareAsync(($"the Shop suite ({CompiledAhead.Note(shop)})", "not recorded"), 1.05, rounds, _ => RunAsync(shop, Unwritable), folder => RunAsync(shop, folder));
        }
        finally
        {
            Environment.SetEnvironmentVariable(RecordedDurations.EnvironmentVariable, null);
            Directory.Delete(earlier, recursive: true);
        }
    }

    /// <summary>Gives what recording adds to a run, in seconds.</summary>
    private static async Task<double> CompareAsync((string Suite, string Base) names, double budget, int rounds, Func<string, Task<(double Run, double All)>> without, Func<string, Task<(double Run, double All)>> with)
    {
        var folder = Directory.CreateTempSubdirectory("ik-bench-").FullName;
        List<(double Run, double All)> off = [], on = [];
        try
        {
            await without(folder);
            await with(folder);
            for (var round = 0; round < rounds; round++)
            {
                // In turns: what a run leaves to be done (pages to be written) must not always fall upon the same side.
                (List<(double Run, double All)> Times, Func<string, Task<(double Run, double All)>> RunAsync)[] pair = [(off, without), (on, with)];
                foreach (var side in round % 2 == 0 ? pair : pair.Reverse())
                {
                    side.Times.Add(await side.RunAsync(folder));
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        BenchmarkRow.Write("recorder", $"{names.Suite}, {names.Base}", BenchmarkRow.Median(off.Select(time => time.Run)), "s", null, rounds);
        BenchmarkRow.Write("recorder", $"{names.Suite}, recorded / {names.Base}", BenchmarkRow.Median(on.Zip(off, (a, b) => a.Run / b.Run)), "x", budget, rounds);
        BenchmarkRow.Write("recorder", $"{names.Suite}, with report / {names.Base}", BenchmarkRow.Median(on.Zip(off, (a, b) => a.All / b.All)), "x", null, rounds);
        return BenchmarkRow.Median(on.Zip(off, (a, b) => a.Run - b.Run));
    }

    private static async Task<(double Run, double All)> RunAsync(string assembly, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, "-noColor", .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["INTEGRATIONKIT_REPORT"] = folder;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var finished = 0.0;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            finished = line.TrimStart().StartsWith("Finished:", StringComparison.Ordinal) ? clock.Elapsed.TotalSeconds : finished;
        }

        await process.WaitForExitAsync();
        return (finished, clock.Elapsed.TotalSeconds);
    }

    private static async Task BuildAsync(string root, string project)
    {
        string[] arguments = ["build", project, "-c", "Release", "-v", "q", "--nologo", "-clp:NoSummary", await CompiledAhead.PropertyAsync(root)];
        using var build = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root, UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException(output);
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "IntegrationKit.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Run this from the repository.");
        }

        return folder.FullName;
    }
}
