using IntegrationKit.Servers;
using Npgsql;
using Testcontainers.PostgreSql;

namespace IntegrationKit.Containers;

/// <summary>A throw-away server in a container: data in memory, port on loopback, gone with the process. Found by name by the PostgreSQL package.</summary>
// Image: Named in code, or null.
// Configure: The user's changes of the builder, or null.
// Version: Of the official image, where no image is named; null for the default.
internal sealed record PostgresContainerProvider(string? Image, Func<PostgreSqlBuilder, PostgreSqlBuilder>? Configure, int? Version = null) : IServerProvider
{
    public const string ImageVariable = PostgresImage.Variable;

    /// <summary>The provider that is tried when nobody names one.</summary>
    public PostgresContainerProvider()
        : this(null, null)
    {
    }

    public string Name => "container";

    public IServerProvider WithVersion(int major) => this with { Version = major };

    public async Task<ServerProbe> ProbeAsync(CancellationToken cancellationToken)
    {
        var search = await DockerSearch.OnceAsync().ConfigureAwait(false);
        if (search.Engine is null)
        {
            return new ServerProbe(false, search.Reason);
        }

        var (image, named) = Choose();
        return named || await search.Engine.HasImageAsync(image, cancellationToken).ConfigureAwait(false)
            ? new ServerProbe(true, $"{search.Reason}; image {image}")
            : new ServerProbe(false, $"{search.Reason}, but the image {image} is not there; 'docker pull {image}', or name the image wanted in {ImageVariable} or with Container(...)");
    }

    public async Task<PostgresServer> StartAsync(ServerNeeds needs, CancellationToken cancellationToken)
    {
        var search = await DockerSearch.OnceAsync().ConfigureAwait(false);
        int? port = needs.Replaces is { } dead ? new NpgsqlConnectionStringBuilder(dead.ConnectionString).Port : null;
        try
        {
            return await RunAsync(port).ConfigureAwait(false);
        }
        catch (ContainerSetupException) when (port is not null)
        {
            // Somebody else has the port by now.
            return await RunAsync(null).ConfigureAwait(false);
        }
        catch (ContainerSetupException exception)
        {
            throw new DatabaseSetupException(exception.Message, exception);
        }

        Task<PostgresServer> RunAsync(int? wanted) => new PostgresContainerStart(search.Engine!, Choose().Name, Configure, wanted).RunAsync(cancellationToken);
    }

    private PostgresImage Choose() => Image is { } inCode
        ? new PostgresImage(inCode, Named: true)
        : PostgresImage.OfEnvironment(Version) is { Named: true } set
            ? set
            : PostgresImage.OfEnvironment(Version) with { Named = Environment.GetEnvironmentVariable(ServerChoice.Variable) is { Length: > 0 } };
}
