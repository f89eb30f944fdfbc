using IntegrationKit.Databases;

namespace IntegrationKit.Mocks;

/// <summary>CPU per request of our mocks beside bare Kestrel, WireMock.Net and Java WireMock; start and memory.</summary>
internal static class MockBenchmark
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    private static readonly ServedCase[] Cases =
        [new("exact", 1), new("exact", 100), new("exact", 1_000), new("exact", 10_000), new("pattern", 1_000), new("json", 1), new("template", 1)];

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["bare"] = "bare Kestrel",
        ["WireMock.Net"] = "WireMock.Net 1.25.0",
        ["Java"] = "Java WireMock",
    };

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(BenchOptions options)
    {
        List<BenchRow> rows = [];
        foreach (var served in Cases.Where(served => served.Name.Contains(options.Only, StringComparison.Ordinal)))
        {
            rows.AddRange(await CompareAsync(served, options.Rounds));
        }

        var exact = rows.Where(row => row.Case.StartsWith("mocks/exact/", StringComparison.Ordinal) && row.Peer == Names["bare"]).ToArray();
        if (exact.Length > 1)
        {
            rows.Add(new("mocks/growth/1-10000", "ratio", exact[^1].Ours / exact[0].Ours));
        }

        if ("mocks/start/cold".Contains(options.Only, StringComparison.Ordinal))
        {
            rows.Add(await StartAsync(Math.Min(options.Rounds, 5)));
        }

        if ("mocks/memory/journal-entry".Contains(options.Only, StringComparison.Ordinal))
        {
            rows.Add(await MemoryAsync());
        }

        return rows;
    }

    private static async Task<IEnumerable<BenchRow>> CompareAsync(ServedCase served, int rounds)
    {
        var servers = new Dictionary<string, ServerUnderTest>(StringComparer.Ordinal);
        var measured = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        try
        {
            foreach (var name in Servers(served))
            {
                servers[name] = await ServerUnderTest.StartAsync(name, served);
                measured[name] = [];
                await servers[name].CpuPerRequestAsync(served, WarmUp);
            }

            for (var round = 0; round < rounds; round++)
            {
                foreach (var (name, server) in round % 2 == 0 ? servers : servers.Reverse())
                {
                    measured[name].Add(await server.CpuPerRequestAsync(served, Round));
                }
            }
        }
        finally
        {
            foreach (var server in servers.Values)
            {
                await server.DisposeAsync();
            }
        }

        var ours = BenchTable.Median(measured["ours"]);
        var floor = BenchTable.Median(measured["bare"]);
        return measured.Where(other => other.Key != "ours").Select(other =>
            new BenchRow(served.Name, "us CPU", ours, Names[other.Key], BenchTable.Median(other.Value), BenchTable.Median(other.Value) / ours, floor));
    }

    private static IEnumerable<string> Servers(ServedCase served)
    {
        yield return "bare";
        yield return "ours";

        // At 10,000 stubs WireMock.Net answers a handful of requests a second: nothing is learnt from waiting for it.
        if (served.Count <= 1_000)
        {
            yield return "WireMock.Net";
        }

        if (ServerUnderTest.JavaJar is not null)
        {
            yield return "Java";
        }
    }

    private static async Task<BenchRow> StartAsync(int rounds)
    {
        var served = new ServedCase("exact", 1);
        List<double> ours = [];
        List<double> bare = [];
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, list) in new[] { ("ours", ours), ("bare", bare) })
            {
                await using var server = await ServerUnderTest.StartAsync(name, served);
                list.Add(server.Start.TotalMilliseconds);
            }
        }

        var (own, floor) = (BenchTable.Median(ours), BenchTable.Median(bare));
        return new("mocks/start/cold", "ms", own, Names["bare"], floor, floor / own, floor);
    }

    private static async Task<BenchRow> MemoryAsync()
    {
        const int requests = 20_000;
        var served = new ServedCase("memory", 1);
        await using var server = await ServerUnderTest.StartAsync("ours", served);
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null });
        var before = await server.HeapAsync();
        for (var i = 0; i < requests; i++)
        {
            using var response = await client.SendAsync(served.Request(server.Address, i));
        }

        return new("mocks/memory/journal-entry", "KiB", (await server.HeapAsync() - before) / 1024.0 / requests, Floor: 0.3);
    }
}
