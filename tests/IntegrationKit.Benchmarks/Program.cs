using IntegrationKit.Databases;
using IntegrationKit.Insight;
using IntegrationKit.Mocks;
using IntegrationKit.Reports;
using IntegrationKit.Suite;

namespace IntegrationKit;

/// <summary><c>build/bench.sh NAME [arguments]</c></summary>
internal static class Program
{
    private static readonly Dictionary<string, Func<string[], Task>> Benchmarks = new(StringComparer.Ordinal)
    {
        ["report"] = ReportBenchmark.RunAsync,
        ["report-journal"] = ReportBenchmark.JournalAsync,
        ["report-finalise"] = ReportBenchmark.FinaliseAsync,
        ["recorder"] = RecorderBenchmark.RunAsync,
        ["reset"] = args => BenchTable.RunAsync("reset", args, ResetBenchmark.RunAsync),
        ["start"] = args => BenchTable.RunAsync("start", args, async options => [.. await StartBenchmark.RunAsync(options), .. await ContainerStart.RunAsync(options)]),
        ["isolation"] = args => BenchTable.RunAsync("isolation", args, IsolationBenchmark.RunAsync),
        ["insight"] = async args => await BenchTable.WriteAsync("insight", await InsightBenchmark.RunAsync(args)),
        ["suite"] = async args => await BenchTable.WriteAsync("suite", await SuiteBenchmark.RunAsync(args)),
        ["mocks"] = args => BenchTable.RunAsync("mocks", args, MockBenchmark.RunAsync),
        ["mocks-serve"] = ServedProcess.RunAsync,
    };

    public static async Task<int> Main(string[] args)
    {
        if (args.Length == 0 || !Benchmarks.TryGetValue(args[0], out var benchmark))
        {
            await Console.Error.WriteLineAsync($"usage: bench.sh {string.Join(" | ", Benchmarks.Keys)}");
            return 2;
        }

        await benchmark(args[1..]);
        return BenchmarkRow.AllKept ? 0 : 1;
    }
}
