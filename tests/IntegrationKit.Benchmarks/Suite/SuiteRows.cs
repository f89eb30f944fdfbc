using IntegrationKit.Databases;

namespace IntegrationKit.Suite;

/// <summary>The comparison, and under each of its rows where the time went.</summary>
internal static class SuiteRows
{
    private static readonly (string Name, string Unit, Func<SuiteRun, double> Select)[] Totals =
    [
        ("wall", "s", run => run.Wall),
        ("cpu", "s", run => run.Cpu),
    ];

    private static readonly (string Name, string Unit, Func<SuiteRun, double> Select)[] Parts =
    [
        ("cpu/test-process", "s", run => run.OwnCpu),
        ("cpu/servers-and-rest", "s", run => run.OtherCpu),
        ("compiling", "s on all threads", run => run.Compiling),
        ("compiled-methods", "methods", run => run.Methods),
        ("collector-pauses", "s", run => run.Pauses),
    ];

    public static IReadOnlyList<BenchRow> Of(SuiteRecord record, IReadOnlyList<SuitePeer> peers, IReadOnlyList<int> sizes)
    {
        var others = peers.Where(peer => peer != SuitePeer.Kit).ToList();
        return
        [
            .. others.Select(Lines),
            .. new[] { "warm", "cold" }.SelectMany(temperature => sizes.SelectMany(size => others.SelectMany(peer => Compare(record, peer, temperature, size)))),
            .. others.SelectMany(peer => Growth(record, peer, sizes)),
        ];
    }

    private static IEnumerable<BenchRow> Compare(SuiteRecord record, SuitePeer peer, string temperature, int size)
    {
        var (ours, theirs) = (record.Of(new SuiteCell(temperature, size, SuitePeer.Kit.Name)), record.Of(new SuiteCell(temperature, size, peer.Name)));
        if (ours.Count == 0 || theirs.Count == 0)
        {
            yield break;
        }

        foreach (var (name, unit, select) in peer == SuitePeer.Usual ? [.. Totals, .. Parts] : Totals)
        {
            var (a, b) = (BenchTable.Median(ours.Select(select)), BenchTable.Median(theirs.Select(select)));
            yield return new BenchRow(
                $"suite/{ours[0].Tests}/{temperature}/{peer.Name}/{name}", unit, a, $"{peer.Title} ({Server}), medians of {ours.Count} and {theirs.Count} runs; {CompiledAhead.Note(SuitePeer.Kit.Assembly(size))}", b, a == 0 ? null : b / a);
        }
    }

    /// <summary>What does not depend on the number of tests (start, fixtures, first compilation), and what each further test costs.</summary>
    private static IEnumerable<BenchRow> Growth(SuiteRecord record, SuitePeer peer, IReadOnlyList<int> sizes)
    {
        var (ours, theirs) = (Line(record, SuitePeer.Kit, sizes), Line(record, peer, sizes));
        if (ours is { } a && theirs is { } b)
        {
            yield return new BenchRow($"suite/warm/{peer.Name}/start-and-fixtures", "s", a.Fixed, $"{peer.Title}, wall of no tests, extrapolated", b.Fixed, b.Fixed / a.Fixed);
            yield return new BenchRow($"suite/warm/{peer.Name}/per-test", "ms", a.Each * 1000, $"{peer.Title}, wall per further test", b.Each * 1000, b.Each / a.Each);
        }
    }

    private static (double Fixed, double Each)? Line(SuiteRecord record, SuitePeer peer, IReadOnlyList<int> sizes)
    {
        var points = sizes.Order().Select(size => record.Of(new SuiteCell("warm", size, peer.Name))).Where(runs => runs.Count > 0)
            .Select(runs => (Tests: (double)runs[0].Tests, Wall: BenchTable.Median(runs.Select(run => run.Wall)))).ToList();
        if (points.Count < 2)
        {
            return null;
        }

        var each = (points[^1].Wall - points[0].Wall) / (points[^1].Tests - points[0].Tests);
        return (points[0].Wall - each * points[0].Tests, each);
    }

    private static string Server => Environment.GetEnvironmentVariable("HANDWIRED_IMAGE") is { Length: > 0 } image ? $"container {image}" : "server process in place of a container";

    private static BenchRow Lines(SuitePeer peer)
    {
        var (ours, theirs) = (SuitePeer.Kit.SetUpLines(), peer.SetUpLines());
        return new BenchRow($"suite/set-up/{peer.Name}", "lines", ours, peer.Title, theirs, theirs / (double)ours);
    }
}
