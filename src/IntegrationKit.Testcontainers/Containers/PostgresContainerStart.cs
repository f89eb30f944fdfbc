using System.Globalization;
using System.Security.Cryptography;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Containers;
using IntegrationKit.Local;
using IntegrationKit.Recording;
using IntegrationKit.Servers;
using Npgsql;
using Testcontainers.PostgreSql;

namespace IntegrationKit.Containers;

/// <summary>Brings up one server in a container: data in memory, settings of a server whose data may be lost.</summary>
// port: the one of the server that this one replaces, so that its address stays valid; null for any.
internal sealed class PostgresContainerStart(DockerEngine engine, string image, Func<PostgreSqlBuilder, PostgreSqlBuilder>? configure, int? port)
{
    private const string Port = "5432/tcp";

    /// <summary>Where images without a declared volume keep their data.</summary>
    private const string DataFolder = "/var/lib/postgresql/data";

    /// <summary>One per process, so that a server that replaces a dead one lets the same connection strings in.</summary>
    private static readonly string Password = RandomNumberGenerator.GetHexString(32, lowercase: true);

    private string host = "";

    public async Task<PostgresServer> RunAsync(CancellationToken cancellationToken)
    {
        Recorder.Current?.Redactor.Register(Password);
        host = (await Reach.OfAsync(engine, cancellationToken).ConfigureAwait(false)).Host;
        var started = await TetheredContainer<PostgreSqlContainer>.StartAsync(engine, Describe, Change, cancellationToken).ConfigureAwait(false);
        var server = new PostgresServer(ConnectionString(started.Container))
        {
            Provider = "container",
            Disposable = true,
            LogTail = () => started.LastLines,
            Ended = started.Ended,
            Details = new Dictionary<string, string>
            {
                ["image"] = started.Image,
                ["image_id"] = started.Facts!.Digest,
                ["container"] = started.Container.Id[..12],
                ["engine"] = string.Create(CultureInfo.InvariantCulture, $"{engine.Server}, API {engine.ApiVersion}"),
                ["data"] = "in memory",
                ["removal"] = "tether: with this process, however it ends",
            },
            Stop = started.DisposeAsync,
        };
        return await server.ConnectedAsync(cancellationToken).ConfigureAwait(false);
    }

    private PostgreSqlBuilder Describe()
    {
        var builder = new PostgreSqlBuilder(image)
            .WithUsername(ClusterSettings.User).WithPassword(Password).WithDatabase("postgres")
            .WithEnvironment("POSTGRES_INITDB_ARGS", ClusterSettings.ContainerInitialisation)
            .WithCommand([.. ClusterSettings.ContainerArguments])
            .WithWaitStrategy(Readiness.When(AcceptsAsync));
        return configure?.Invoke(builder) ?? builder;
    }

    private void Change(CreateContainerParameters container, ImageFacts facts)
    {
        var settings = container.HostConfig!;
        settings.Tmpfs ??= new Dictionary<string, string>();
        foreach (var folder in facts.DataFolders.DefaultIfEmpty(DataFolder))
        {
            settings.Tmpfs.TryAdd(folder, "");
        }

        if (port is { } wanted)
        {
            settings.PortBindings![Port][0].HostPort = wanted.ToString(CultureInfo.InvariantCulture);
        }
    }

    private async Task<bool> AcceptsAsync(IContainer container)
    {
        var source = Connections.Quiet(new NpgsqlConnectionStringBuilder(ConnectionString(container)) { Pooling = false }.ConnectionString);
        await using (source.ConfigureAwait(false))
        {
            try
            {
                var connection = await source.OpenConnectionAsync().ConfigureAwait(false);
                await connection.DisposeAsync().ConfigureAwait(false);
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        }
    }

    private string ConnectionString(IContainer container) => new NpgsqlConnectionStringBuilder
    {
        Host = host,
        Port = container.GetMappedPublicPort(Port),
        Username = ClusterSettings.User,
        Password = Password,
        Database = "postgres",
    }.ConnectionString;
}
