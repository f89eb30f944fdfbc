using System.Globalization;
using System.Security.Cryptography;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Containers;
using IntegrationKit.Local;
using IntegrationKit.Recording;
using IntegrationKit.Servers;
using IntegrationKit.Sql;
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

    /// <summary>What the server accepts at first; not the one above where it starts from a kept folder.</summary>
    private string first = Password;

    public async Task<PostgresServer> RunAsync(CancellationToken cancellationToken)
    {
        Recorder.Current?.Redactor.Register(Password);
        host = (await Reach.OfAsync(engine, cancellationToken).ConfigureAwait(false)).Host;
        var ready = await ReadyAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await RunAsync(ready, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (ready is not null && port is null && exception is ContainerSetupException or NpgsqlException)
        {
            ready!.Discard();
            return await RunAsync(null, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<PostgresServer> RunAsync(ReadyCluster? ready, CancellationToken cancellationToken)
    {
        first = ready?.Password ?? Password;
        var plan = new ContainerPlan { Change = Change, Cargo = ready is null ? null : new Cargo(Folder(engine.Inspect(image)), ready.Archive) };
        var started = await TetheredContainer<PostgreSqlContainer>.StartAsync(engine, Describe, plan, cancellationToken).ConfigureAwait(false);
        try
        {
            if (ready is not null)
            {
                await SetPasswordAsync(started.Container, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            await started.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var server = new PostgresServer(ConnectionString(started.Container, Password))
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
                ["started_from"] = ready is null ? "the image's own initialisation" : "a kept data folder",
                ["removal"] = "tether: with this process, however it ends",
            },
            Stop = started.DisposeAsync,
        };
        return await server.ConnectedAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Not where the user changes the container (it may be initialised in another way), nor before the image has been pulled.</summary>
    private async Task<ReadyCluster?> ReadyAsync(CancellationToken cancellationToken) =>
        configure is null && await engine.HasImageAsync(image, cancellationToken).ConfigureAwait(false)
            ? await ReadyCluster.OfAsync(engine.Inspect(image), password => BringOutAsync(password, cancellationToken), cancellationToken).ConfigureAwait(false)
            : null;

    private async Task<byte[]> BringOutAsync(string password, CancellationToken cancellationToken)
    {
        first = password;
        var plan = new ContainerPlan
        {
            Change = static (container, facts) =>
            {
                InMemory(container, facts);
                // The engine would write the whole folder into a log.
                container.HostConfig!.LogConfig = new LogConfig { Type = "none" };
            },
            Cargo = new Cargo(Folder(engine.Inspect(image)), null),
        };
        var maker = await TetheredContainer<PostgreSqlContainer>.StartAsync(engine, Describe, plan, cancellationToken).ConfigureAwait(false);
        await using (maker.ConfigureAwait(false))
        {
            return await maker.BringOutAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Folder(ImageFacts facts) => facts.Variable("PGDATA") ?? DataFolder;

    /// <summary>The password that is kept with the folder is good for this one connection.</summary>
    private async Task SetPasswordAsync(IContainer container, CancellationToken cancellationToken)
    {
        var source = Connections.Quiet(new NpgsqlConnectionStringBuilder(ConnectionString(container, first)) { Pooling = false }.ConnectionString);
        await using (source.ConfigureAwait(false))
        {
            using var command = source.CreateCommand($"ALTER ROLE {Identifiers.Quote(ClusterSettings.User)} PASSWORD {Identifiers.Literal(Password)}");
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private PostgreSqlBuilder Describe()
    {
        var builder = new PostgreSqlBuilder(image)
            .WithUsername(ClusterSettings.User).WithPassword(first).WithDatabase("postgres")
            .WithEnvironment("POSTGRES_INITDB_ARGS", ClusterSettings.ContainerInitialisation)
            .WithCommand([.. ClusterSettings.ContainerArguments])
            .WithWaitStrategy(Readiness.When(AcceptsAsync));
        return configure?.Invoke(builder) ?? builder;
    }

    private void Change(CreateContainerParameters container, ImageFacts facts)
    {
        InMemory(container, facts);
        if (port is { } wanted)
        {
            container.HostConfig!.PortBindings![Port][0].HostPort = wanted.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static void InMemory(CreateContainerParameters container, ImageFacts facts)
    {
        container.HostConfig!.Tmpfs ??= new Dictionary<string, string>();
        foreach (var folder in facts.DataFolders.DefaultIfEmpty(DataFolder))
        {
            container.HostConfig.Tmpfs.TryAdd(folder, "");
        }
    }

    private async Task<bool> AcceptsAsync(IContainer container)
    {
        var source = Connections.Quiet(new NpgsqlConnectionStringBuilder(ConnectionString(container, first)) { Pooling = false }.ConnectionString);
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

    private string ConnectionString(IContainer container, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = host,
        Port = container.GetMappedPublicPort(Port),
        Username = ClusterSettings.User,
        Password = password,
        Database = "postgres",
    }.ConnectionString;
}
