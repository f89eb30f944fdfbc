using System.Diagnostics;
using DotNet.Testcontainers.Configurations;
using IntegrationKit.Containers;
using IntegrationKit.Servers;
using Npgsql;
using Testcontainers.PostgreSql;

namespace IntegrationKit.Databases;

/// <summary>
/// From nothing to the first query in a container of one image: Testcontainers as it comes against ours; and against our
/// warm local start, which has a hundred migrated tables in its database where the container has none.
/// </summary>
internal static class ContainerStart
{
    private const string Peer = "Testcontainers.PostgreSql 4.16.0, defaults, without Ryuk";

    private static string Image => Environment.GetEnvironmentVariable(PostgresContainerProvider.ImageVariable) ?? "integrationkit-test/postgres";

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(BenchOptions options)
    {
        var search = await DockerSearch.OnceAsync();
        if (search.Engine is not { } engine)
        {
            await Console.Error.WriteLineAsync($"no rows about containers: {search.Reason}");
            return [];
        }

        var root = Directory.CreateTempSubdirectory("ik-bench").FullName;
        Environment.SetEnvironmentVariable("INTEGRATIONKIT_CACHE", root);
        List<double> peers = [], ours = [], locals = [];
        for (var round = -2; round < Math.Min(options.Rounds, 9); round++)
        {
            var (peer, own, warm) = (await PeerAsync(engine), await OursAsync(), await StartBenchmark.FirstQueryAsync());
            if (round >= 0)
            {
                peers.Add(peer);
                ours.Add(own);
                locals.Add(warm);
            }
        }

        Directory.Delete(root, recursive: true);
        var (a, b, c) = (BenchTable.Median(ours), BenchTable.Median(peers), BenchTable.Median(locals));
        return [new("start/container/Testcontainers", "ms", a, Peer, b, b / a), new("start/local/100-tables/Testcontainers", "ms", c, Peer + ", no tables", b, b / c)];
    }

    /// <summary>What a project writes that uses Testcontainers alone; the engine's address only because it is an old one.</summary>
    private static async Task<double> PeerAsync(DockerEngine engine)
    {
        TestcontainersSettings.WaitStrategyInterval = null;
        TestcontainersSettings.DockerHostOverride = null;
        var started = Stopwatch.GetTimestamp();
        await using var container = new PostgreSqlBuilder(Image).WithDockerEndpoint(new EngineAccess(engine)).WithCleanUp(false).WithAutoRemove(true).Build();
        await container.StartAsync();
        await QueryAsync(container.GetConnectionString());
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<double> OursAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await using var server = await new PostgresContainerProvider(Image, null).StartAsync(new ServerNeeds("none", (_, _) => Task.CompletedTask), CancellationToken.None);
        await QueryAsync(server.ConnectionString);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task QueryAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT 1", connection);
        await command.ExecuteScalarAsync();
    }
}
