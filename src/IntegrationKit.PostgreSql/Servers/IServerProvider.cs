namespace IntegrationKit.Servers;

/// <summary>
/// One way to a PostgreSQL server. Implementations compare by value, so that equal settings share one server. Another
/// package can offer one: see <see cref="ServerChoice"/>.
/// </summary>
internal interface IServerProvider
{
    /// <summary>external, delegate, container or local_process: the words of the report.</summary>
    string Name { get; }

    /// <summary>The provider for tests that need this major version; where it cannot choose one, the server's version is checked after the start.</summary>
    IServerProvider WithVersion(int major) => this;

    /// <summary>Says in well under two seconds whether this provider can work here, and why. Does not throw.</summary>
    Task<ServerProbe> ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Starts or reaches the server.</summary>
    /// <exception cref="DatabaseSetupException">It cannot be reached; the message says why and what to try.</exception>
    Task<PostgresServer> StartAsync(ServerNeeds needs, CancellationToken cancellationToken);
}

// Reason: Why it was chosen, or why not.
internal sealed record ServerProbe(bool Usable, string Reason);

/// <summary>What the first database needs of the server: lets a provider start from a directory that has it already.</summary>
// TemplateHash: Hash of the template wanted.
// BuildTemplate: Builds it in a server that does not have it.
// Replaces: The dead server whose place this one takes, at the same address where that is possible.
internal sealed record ServerNeeds(string TemplateHash, Func<PostgresServer, CancellationToken, Task> BuildTemplate, PostgresServer? Replaces = null);
