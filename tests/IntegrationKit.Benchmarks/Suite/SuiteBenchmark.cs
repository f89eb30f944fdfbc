using System.Globalization;
using IntegrationKit.Databases;

namespace IntegrationKit.Suite;

/// <summary>
/// The same tests three times: on the kit, hand-wired with one server and one collection as tutorials do it, and hand-wired
/// with a server per class in parallel. Whole processes, interleaved, cold (nothing cached, pages dropped) and warm.
/// </summary>
// --sizes 40,200,1000   --rounds 3   --peers HandWired,HandWiredParallel   --only build|run   --temperature cold|warm
internal static class SuiteBenchmark
{
    private static readonly string Root = Path.Combine("artifacts", "bench", "suite");

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(string[] args)
    {
        var sizes = Value(args, "--sizes", "40,200,1000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToList();
        var rounds = int.Parse(Value(args, "--rounds", "3"), CultureInfo.InvariantCulture);
        var named = Value(args, "--peers", "HandWired,HandWiredParallel");
        var peers = SuitePeer.All.Where(peer => peer == SuitePeer.Kit || named.Split(',').Contains(peer.Name, StringComparer.Ordinal)).ToList();
        var only = Value(args, "--only", "");
        if (only != "run")
        {
            foreach (var size in sizes)
            {
                foreach (var peer in peers)
                {
                    await peer.BuildAsync(Root, size);
                }
            }
        }

        List<BenchRow> rows = [.. peers.Where(peer => peer != SuitePeer.Kit).Select(peer => Lines(peer))];
        foreach (var temperature in only == "build" ? [] : Value(args, "--temperature", "cold,warm").Split(','))
        {
            foreach (var size in sizes)
            {
                rows.AddRange(await CompareAsync(peers, size, rounds, temperature == "cold"));
            }
        }

        return rows;
    }

    private static async Task<IReadOnlyList<BenchRow>> CompareAsync(IReadOnlyList<SuitePeer> peers, int size, int rounds, bool cold)
    {
        var runs = peers.ToDictionary(peer => peer, _ => new List<SuiteRun>());
        for (var round = cold ? 0 : -1; round < rounds; round++)
        {
            foreach (var peer in peers)
            {
                if (cold)
                {
                    await SuiteRun.DropCachesAsync();
                }
                else if (round < 0 && peer != SuitePeer.Kit)
                {
                    continue; // only the kit keeps anything from run to run
                }

                var run = await SuiteRun.OfAsync(peer, size, Path.GetFullPath(Path.Combine(Root, cold ? $"cache-{Guid.NewGuid():N}" : "cache")));
                if (round >= 0)
                {
                    runs[peer].Add(run);
                }
            }
        }

        foreach (var leftover in Directory.EnumerateDirectories(Root, "cache-*"))
        {
            Directory.Delete(leftover, recursive: true);
        }

        return [.. peers.Where(peer => peer != SuitePeer.Kit).SelectMany(peer => Rows(runs[SuitePeer.Kit], runs[peer], peer, cold ? "cold" : "warm"))];
    }

    private static IEnumerable<BenchRow> Rows(List<SuiteRun> ours, List<SuiteRun> theirs, SuitePeer peer, string temperature)
    {
        var name = $"suite/{ours[0].Tests}/{temperature}/{peer.Name}";
        var server = Environment.GetEnvironmentVariable("HANDWIRED_IMAGE") is { Length: > 0 } image ? $"container {image}" : "server process in place of a container";
        foreach (var (what, select) in new (string, Func<SuiteRun, double>)[] { ("wall", run => run.Wall), ("cpu", run => run.Cpu) })
        {
            var (a, b) = (BenchTable.Median(ours.Select(select)), BenchTable.Median(theirs.Select(select)));
            yield return new BenchRow($"{name}/{what}", "s", a, $"{peer.Title} ({server}), {theirs[0].Tests} tests", b, b / a);
        }
    }

    private static BenchRow Lines(SuitePeer peer)
    {
        var (ours, theirs) = (SuitePeer.Kit.SetUpLines(), peer.SetUpLines());
        return new BenchRow($"suite/set-up/{peer.Name}", "lines", ours, peer.Title, theirs, theirs / (double)ours);
    }

    private static string Value(string[] args, string name, string fallback) =>
        Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : fallback;
}
