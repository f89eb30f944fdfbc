using System.Diagnostics;
using IntegrationKit.Resources;
using IntegrationKit.Servers;
using Npgsql;

namespace IntegrationKit.Databases;

/// <summary>
/// A server of its own (so that one method's TRUNCATEs do not slow another one's plans) with one database of the benchmark's
/// schema: a tree of foreign keys, an identity key, an index on the foreign key, two texts.
/// </summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly PostgresDatabase resource;
    private readonly Lazy<NpgsqlConnection> plain;

    private BenchDatabase(PostgresDatabase resource, LaneDatabase lane, int tables)
    {
        (this.resource, Lane, Tables) = (resource, lane, tables);
        // Respawn reads the catalogue with the connection's timeout, and 500 tables take it longer than the usual 30 s.
        plain = new Lazy<NpgsqlConnection>(() =>
        {
            var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(lane.ConnectionString) { CommandTimeout = 600 }.ConnectionString);
            connection.Open();
            return connection;
        });
        App = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(lane.ConnectionString) { ApplicationName = "app" }.ConnectionString);
    }

    public LaneDatabase Lane { get; }

    public int Tables { get; }

    /// <summary>An ordinary open connection for the peers: none of our settings.</summary>
    public NpgsqlConnection Plain => plain.Value;

    /// <summary>The application's own pool.</summary>
    public NpgsqlDataSource App { get; }

    public DatabaseSource Source => resource.Source;

    // own: A number that gives the database a server of its own.
    public static async Task<BenchDatabase> StartAsync(int tables, int own, string extra = "")
    {
        var declared = new PostgresDatabase($"bench{tables}", options => options
            .MigrateWith((source, token) => CreateAsync(source, Schema(tables) + extra, token))
            .RebuildWhenChanged(Describe(tables, extra))
            .UseProvider(new OwnServer(own)));
        await declared.StartAsync(new FixtureContext("Bench", AppContext.BaseDirectory, null), CancellationToken.None);
        return new BenchDatabase(declared, await declared.Source.CreateAsync(0, CancellationToken.None), tables);
    }

    public async Task<LaneDatabase> AnotherLaneAsync(int index) => await resource.Source.CreateAsync(index, CancellationToken.None);

    /// <summary>The application writes rows into some tables, picked at random.</summary>
    public async Task TouchAsync(int touched, int rows, Random random, NpgsqlDataSource? app = null)
    {
        if (touched == 0)
        {
            return;
        }

        var text = string.Concat(Enumerable.Range(0, Tables).OrderBy(_ => random.Next()).Take(touched).Select(table =>
            $"INSERT INTO t{table} (parent, a, b) SELECT NULL, 'a' || i, 'b' || i FROM generate_series(1, {rows}) i;"));
        await using var command = (app ?? App).CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    public async ValueTask DisposeAsync()
    {
        if (plain.IsValueCreated)
        {
            await Plain.DisposeAsync();
        }

        await App.DisposeAsync();
        await resource.DisposeAsync();
    }

    public static string Schema(int tables) => string.Concat(Enumerable.Range(0, tables).Select(table => $"""
        CREATE TABLE t{table} (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent int{(table == 0 ? "" : $" REFERENCES t{(table - 1) / 2}")}, a text, b text);
        CREATE INDEX ON t{table} (parent);

        """));

    private static async Task CreateAsync(NpgsqlDataSource source, string schema, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(schema);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The template's hash must tell schemas of the same delegate apart.</summary>
    private static string Describe(int tables, string extra)
    {
        var file = Path.Combine(Path.GetTempPath(), $"ik-bench-{tables}-{extra.Length}.txt");
        File.WriteAllText(file, $"{tables} {extra}");
        return file;
    }

    /// <summary>The local provider under a name of its own, so that requests do not share a server.</summary>
    private sealed record OwnServer(int Number) : IServerProvider
    {
        private readonly Local.LocalServerProvider local = new(null);

        public string Name => local.Name;

        public Task<ServerProbe> ProbeAsync(CancellationToken cancellationToken) => local.ProbeAsync(cancellationToken);

        public Task<PostgresServer> StartAsync(ServerNeeds needs, CancellationToken cancellationToken) => local.StartAsync(needs, cancellationToken);

        public bool Equals(OwnServer? other) => other?.Number == Number;

        public override int GetHashCode() => Number;
    }
}
