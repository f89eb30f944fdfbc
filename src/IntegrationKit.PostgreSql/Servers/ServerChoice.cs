using System.Diagnostics;
using IntegrationKit.Journal;
using IntegrationKit.Local;

namespace IntegrationKit.Servers;

/// <summary>
/// Decides once which provider serves: a connection string from the environment, the provider fixed in code, the one named
/// in the environment, a container when that package is there and works, programs of this machine; else an error that lists
/// every probe. Whatever was rejected is kept for the report.
/// </summary>
internal static class ServerChoice
{
    public const string Variable = "INTEGRATIONKIT_POSTGRES_PROVIDER";

    /// <summary>The container provider lives in a package of its own; it is found by name so that this one needs no Docker client.</summary>
    private const string ContainerProvider = "IntegrationKit.Containers.PostgresContainerProvider, IntegrationKit.Testcontainers";

    public static async Task<PostgresServer> StartAsync(ServerRequest request, ServerNeeds needs, CancellationToken cancellationToken)
    {
        List<RejectedProvider> rejected = [];
        foreach (var any in Candidates(request, rejected))
        {
            var candidate = request.Version is { } major ? any.WithVersion(major) : any;
            var begun = Stopwatch.GetTimestamp();
            var probe = await candidate.ProbeAsync(cancellationToken).ConfigureAwait(false);
            if (!probe.Usable)
            {
                rejected.Add(new RejectedProvider(candidate.Name, probe.Reason));
                continue;
            }

            var server = await candidate.StartAsync(needs, cancellationToken).ConfigureAwait(false);
            server.Describe(probe.Reason, rejected, Stopwatch.GetElapsedTime(begun));
            await CheckAsync(server, request).ConfigureAwait(false);
            return server;
        }

        throw new NoServerException(request.Policy, Explain(rejected));
    }

    private static List<IServerProvider> Candidates(ServerRequest request, List<RejectedProvider> rejected)
    {
        if (ExplicitServerProvider.FromEnvironment() is { } external)
        {
            return [external];
        }

        rejected.Add(new RejectedProvider("external", $"{ExplicitServerProvider.Variable} is not set"));
        if (request.Provider is { } fixedInCode)
        {
            return [fixedInCode];
        }

        var all = Automatic();
        if (all.Count == 1)
        {
            rejected.Add(new RejectedProvider("container", "the package IntegrationKit.Testcontainers is not referenced"));
        }

        return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name
            ? [all.FirstOrDefault(provider => IsNamed(provider, name)) ?? throw Unknown(name, all)]
            : all;
    }

    /// <summary>The providers that are tried when nobody says which, in this order.</summary>
    public static List<IServerProvider> Automatic()
    {
        List<IServerProvider> all = [];
        if (Type.GetType(ContainerProvider, throwOnError: false) is { } type)
        {
            all.Add((IServerProvider)Activator.CreateInstance(type)!);
        }

        all.Add(new LocalServerProvider(null));
        return all;
    }

    private static bool IsNamed(IServerProvider provider, string name) =>
        provider.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
        || provider.Name.StartsWith(name + "_", StringComparison.OrdinalIgnoreCase);

    private static DatabaseSetupException Unknown(string name, List<IServerProvider> known) => new(
        $"{Variable} is '{name}', which is not among the providers here: {string.Join(", ", known.Select(provider => provider.Name))}.");

    private static async Task CheckAsync(PostgresServer server, ServerRequest request)
    {
        var facts = server.Facts;
        var problem = facts switch
        {
            { Major: < 13 } => $"is version {facts.Version}; version 13 or later is needed",
            { CreateDatabase: false } => "does not let this user create databases; run ALTER ROLE … CREATEDB",
            _ when request.Version is { } asked && asked != facts.Major => $"is version {facts.Version}, and version {asked} was asked for",
            _ => null,
        };
        if (problem is not null)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw new DatabaseSetupException($"The PostgreSQL server {server.Endpoint} ({server.Reason}) {problem}.");
        }
    }

    private static string Explain(List<RejectedProvider> rejected) =>
        "No PostgreSQL server can be had. Tried:\n"
        + string.Join("\n", rejected.Select(probe => $"  - {probe.Provider}: {probe.Reason}"))
        + $"\nWays out: set {ExplicitServerProvider.Variable} to the connection string of a running server; or install PostgreSQL "
        + "(Debian and Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17) so that 'postgres' and 'initdb' are "
        + "found; or reference IntegrationKit.Testcontainers and start Docker.";
}
