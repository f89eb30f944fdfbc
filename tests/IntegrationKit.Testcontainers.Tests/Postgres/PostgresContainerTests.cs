using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using IntegrationKit.Journal;
using IntegrationKit.PostgreSql.Tests.Support;
using IntegrationKit.Recording;
using IntegrationKit.Testcontainers.Tests.Support;
using Npgsql;

namespace IntegrationKit.Testcontainers.Tests.Postgres;

public sealed class PostgresContainerTests
{
    private const string Schema = "CREATE TABLE item (id int PRIMARY KEY, name text)";

    [Fact]
    public async Task A_test_has_a_clean_database_in_a_container()
    {
        await LocalDocker.RequireAsync();
        await using var database = await ReadyAsync();
        await database.Resource.ExecuteAsync("INSERT INTO item VALUES (1, 'a')");

        await database.BeginAsync();

        (await database.Resource.CountAsync("item")).Should().Be(0);
    }

    [Fact]
    public async Task The_report_says_which_container_on_which_engine_and_why()
    {
        await LocalDocker.RequireAsync();
        await using var database = await ReadyAsync();

        var server = ContainerServer.Of(database);

        server.State.Should().Be("ready");
        server.Reason.Should().Contain("answers at unix://").And.Contain(LocalDocker.Postgres);
        server.Endpoint.Should().StartWith("postgres@127.0.0.1:");
        server.Details.Should().Contain("data", "in memory").And.ContainKeys("image", "image_id", "container", "engine", "removal");
        server.Rejected.Should().ContainSingle(probe => probe.Provider == "external");
    }

    [Fact]
    public async Task The_port_is_open_on_loopback_only()
    {
        await LocalDocker.RequireAsync();
        await using var database = await ReadyAsync();
        var port = new NpgsqlConnectionStringBuilder(database.Resource.ConnectionString).Port;

        foreach (var address in OwnAddresses())
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            var connect = async () => await socket.ConnectAsync(address, port);
            await connect.Should().ThrowAsync<SocketException>("nothing may listen at {0}", address);
        }

        Listeners(port).Except(["0100007F"]).Should().BeEmpty("only 127.0.0.1 may be listened at");
    }

    [Fact]
    public async Task Data_is_in_memory_and_nothing_waits_for_a_disk()
    {
        await LocalDocker.RequireAsync();
        await using var database = await ReadyAsync();
        var container = ContainerServer.Of(database).Details!["container"];

        (await database.Resource.ScalarAsync<string>("SHOW fsync")).Should().Be("off");
        using var docker = Process.Start(new ProcessStartInfo("docker", ["exec", container, "stat", "-f", "-c", "%T", "/var/lib/postgresql/data"]) { RedirectStandardOutput = true })!;
        (await docker.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim().Should().Be("tmpfs");
    }

    [Fact]
    public async Task The_password_is_generated_and_never_written()
    {
        await LocalDocker.RequireAsync();
        await using var database = await ReadyAsync();
        var password = new NpgsqlConnectionStringBuilder(database.Resource.ConnectionString).Password!;

        password.Should().HaveLength(32);
        (await File.ReadAllTextAsync(Recorder.Current!.JournalPath!, TestContext.Current.CancellationToken)).Should().NotContain(password);
        var wrong = new NpgsqlConnectionStringBuilder(database.Resource.ConnectionString) { Password = "postgres", Pooling = false }.ConnectionString;
        var connect = async () =>
        {
            await using var connection = new NpgsqlConnection(wrong);
            await connection.OpenAsync();
        };
        (await connect.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be("28P01");
    }

    private static Task<TestDatabase> ReadyAsync() => TestDatabase.ReadyAsync(Schema, options => options.Container(LocalDocker.Postgres));

    /// <summary>This machine's IPv4 addresses but the loopback: asked of the interfaces, because a name server may know others.</summary>
    private static IEnumerable<IPAddress> OwnAddresses() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(face => face.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));

    /// <summary>Local addresses that listen on the port, as the kernel writes them.</summary>
    private static IEnumerable<string> Listeners(int port) => File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6")).Skip(1)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields.Length > 3 && fields[3] == "0A" && fields[1].EndsWith($":{port:X4}", StringComparison.Ordinal))
        .Select(fields => fields[1].Split(':')[0]);
}
