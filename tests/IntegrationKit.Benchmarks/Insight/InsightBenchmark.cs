using System.Globalization;
using System.Text.Json;
using IntegrationKit.Databases;
using IntegrationKit.Suite;

namespace IntegrationKit.Insight;

/// <summary>
/// What insight costs: the Shop's suite with the recorder on (journal, report) and off (INTEGRATIONKIT_REPORT=none),
/// interleaved; and the time of the contract check against the time of the requests it checked.
/// </summary>
// --size 200   --rounds 5   --only build|run
internal static class InsightBenchmark
{
    private const double RecorderBudget = 1.05;
    private const double ContractBudget = 0.03;
    private static readonly string Root = Path.Combine("artifacts", "bench", "insight");

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(string[] args)
    {
        var size = int.Parse(Value(args, "--size", "200"), CultureInfo.InvariantCulture);
        var rounds = int.Parse(Value(args, "--rounds", "5"), CultureInfo.InvariantCulture);
        if (Value(args, "--only", "") != "run")
        {
            await SuitePeer.Kit.BuildAsync(Path.Combine("artifacts", "bench", "suite"), size);
        }

        if (Value(args, "--only", "") == "build")
        {
            return [];
        }

        var report = Path.GetFullPath(Path.Combine(Root, "report"));
        var durations = Path.GetFullPath(Path.Combine(Root, "durations.json"));
        List<SuiteRun> on = [], off = [];
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (runs, folder) in round % 2 == 0 ? new[] { (on, report), (off, "none") } : [(off, "none"), (on, report)])
            {
                var run = await SuiteRun.OfAsync(SuitePeer.Kit, size, Path.GetFullPath(Path.Combine(Root, "cache")), folder, durations);
                if (round >= 0)
                {
                    runs.Add(run);
                }
                else if (folder == report)
                {
                    File.Copy(Path.Combine(report, "report.json"), durations, overwrite: true);
                }
            }
        }

        var (checking, requests) = Contract(report);
        return
        [
            Recorder("run", on, off, run => run.Finished),
            Recorder("run-and-report", on, off, run => run.Wall),
            Recorder("cpu-of-the-process", on, off, run => run.OwnCpu),
            new BenchRow("insight/contract-check/of-request-time", "ms", checking, $"all requests of the run; budget {ContractBudget:P0} of them", requests, requests / checking),
        ];
    }

    private static BenchRow Recorder(string what, List<SuiteRun> on, List<SuiteRun> off, Func<SuiteRun, double> select)
    {
        var ratios = on.Zip(off, (with, without) => select(with) / select(without));
        return new BenchRow($"insight/recorder/{what}", "s", BenchTable.Median(on.Select(select)),
            $"off; median of the rounds' on/off {BenchTable.Median(ratios).ToString("0.000", CultureInfo.InvariantCulture)}, budget {RecorderBudget.ToString(CultureInfo.InvariantCulture)}",
            BenchTable.Median(off.Select(select)), BenchTable.Median(on.Select(select)) / BenchTable.Median(off.Select(select)));
    }

    private static (double Checking, double Requests) Contract(string report)
    {
        var journal = Directory.EnumerateFiles(Path.Combine(report, "journal"), "*.jsonl").OrderByDescending(File.GetLastWriteTimeUtc).First();
        double checking = 0, requests = 0;
        foreach (var line in File.ReadLines(journal))
        {
            using var document = JsonDocument.Parse(line);
            var journalEvent = document.RootElement;
            var kind = journalEvent.GetProperty("e").GetString();
            if (kind == "request.handled")
            {
                requests += journalEvent.GetProperty("durationUs").GetInt64() / 1000.0;
            }
            else if (kind == "resource.reported" && journalEvent.TryGetProperty("details", out var details) && details.TryGetProperty("checking took", out var took))
            {
                checking += double.Parse(took.GetString()!.Split(' ')[0], CultureInfo.InvariantCulture);
            }
        }

        return (checking, requests);
    }

    private static string Value(string[] args, string name, string fallback) =>
        Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : fallback;
}
