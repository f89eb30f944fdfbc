using System.Globalization;
using IntegrationKit.Databases;

namespace IntegrationKit.Suite;

/// <summary>
/// The same tests three times: on the kit, hand-wired with one server and one collection as tutorials do it, and hand-wired
/// with a server per class in parallel. Whole processes, alternating, cold (nothing cached, pages dropped) and warm.
/// </summary>
// --sizes 40,200,1000   --rounds 3   --temperature cold,warm   --peers HandWired,HandWiredParallel
// --seconds 900: no further run begins that would not end in this time   --add: earlier calls count   --only build|run
internal static class SuiteBenchmark
{
    private static readonly string Root = Path.Combine("artifacts", "bench", "suite");

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(string[] args)
    {
        var sizes = Value(args, "--sizes", "40,200,1000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToList();
        var named = Value(args, "--peers", "HandWired,HandWiredParallel").Split(',');
        var peers = SuitePeer.All.Where(peer => peer == SuitePeer.Kit || named.Contains(peer.Name, StringComparer.Ordinal)).ToList();
        var only = Value(args, "--only", "");
        foreach (var size in only == "run" ? [] : sizes)
        {
            foreach (var peer in peers)
            {
                await peer.BuildAsync(Root, size);
            }
        }

        var record = new SuiteRecord(Path.Combine(Root, "runs.jsonl"), args.Contains("--add", StringComparer.Ordinal));
        var cells = Value(args, "--temperature", "warm,cold").Split(',')
            .SelectMany(temperature => sizes.SelectMany(size => peers.Select(peer => new SuiteCell(temperature, size, peer.Name)))).ToList();
        var schedule = new SuiteSchedule(
            record, cells, int.Parse(Value(args, "--rounds", "3"), CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(int.Parse(Value(args, "--seconds", "900"), CultureInfo.InvariantCulture)));
        if (only != "build")
        {
            await MeasureAsync(schedule, record);
        }

        foreach (var cell in schedule.Left)
        {
            var expected = record.Expected(cell) is { } seconds ? $"it would take about {seconds:0} s" : "call again with --add";
            await Console.Error.WriteLineAsync($"not measured: {cell.Peer}, {cell.Size} tests, {cell.Temperature}; {expected}");
        }

        return SuiteRows.Of(record, peers, sizes);
    }

    private static async Task MeasureAsync(SuiteSchedule schedule, SuiteRecord record)
    {
        if (schedule.Next() is { Temperature: "warm" } first)
        {
            await RunAsync(first with { Peer = SuitePeer.Kit.Name }); // only the kit keeps anything from run to run
        }

        while (schedule.Next() is { } cell)
        {
            record.Add(cell, await RunAsync(cell));
        }
    }

    private static async Task<SuiteRun> RunAsync(SuiteCell cell)
    {
        var peer = SuitePeer.All.Single(known => known.Name == cell.Peer);
        if (cell.Temperature == "warm")
        {
            return await SuiteRun.OfAsync(peer, cell.Size, Path.GetFullPath(Path.Combine(Root, "cache")));
        }

        var cache = Directory.CreateDirectory(Path.GetFullPath(Path.Combine(Root, $"cache-{Guid.NewGuid():N}")));
        try
        {
            await SuiteRun.DropCachesAsync();
            return await SuiteRun.OfAsync(peer, cell.Size, cache.FullName);
        }
        finally
        {
            cache.Delete(recursive: true);
        }
    }

    private static string Value(string[] args, string name, string fallback) =>
        Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : fallback;
}
