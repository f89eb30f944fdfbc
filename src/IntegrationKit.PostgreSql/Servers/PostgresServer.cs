using System.Collections.Concurrent;
using IntegrationKit.Journal;
using IntegrationKit.Recording;
using Npgsql;

namespace IntegrationKit.Servers;

/// <summary>A running server and how to stop it. Thread-safe.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Databases are some eight megabytes each.</summary>
    private const int MostTakenAlong = 8;

    /// <summary>The database that every server has from its start.</summary>
    private const string Common = "postgres";

    private readonly NpgsqlDataSource admin;
    private readonly NpgsqlDataSource common;
    private int stopped;
    private int takenAlong;

    public PostgresServer(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "IntegrationKit" };
        ConnectionString = settings.ConnectionString;
        if (settings.Password is { Length: > 0 } password)
        {
            Recorder.Current?.Redactor.Register(password);
        }

        admin = Connections.Quiet(ConnectionString);
        common = settings.Database == Common
            ? admin
            : Connections.Quiet(new NpgsqlConnectionStringBuilder(ConnectionString) { Database = Common, Pooling = false }.ConnectionString);
    }

    /// <summary>Of a role that may create databases, on a database that always exists.</summary>
    public string ConnectionString { get; }

    /// <summary>The provider's name.</summary>
    public required string Provider { get; init; }

    /// <summary>Why this provider was chosen.</summary>
    public string Reason { get; set; } = "";

    public IReadOnlyList<RejectedProvider> Rejected { get; private set; } = [];

    /// <summary>Where it listens, without secrets.</summary>
    public string Endpoint => Connections.Describe(ConnectionString);

    /// <summary>True when the whole server goes away with the run, so that databases need not be dropped one by one.</summary>
    public bool Disposable { get; init; }

    /// <summary>Facts for the report, for example the data directory.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    /// <summary>Last lines of the server's log, for messages.</summary>
    public Func<string> LogTail { get; init; } = static () => "";

    /// <summary>Completes when the server dies under us; never, where that cannot be seen.</summary>
    public Task Ended { get; init; } = new TaskCompletionSource().Task;

    /// <summary>Lets a server that would go away with us live on; false when it cannot. A server that is not ours lives on anyway.</summary>
    public Func<bool>? LiveOn { get; init; }

    public Func<ValueTask> Stop { get; init; } = static () => ValueTask.CompletedTask;

    public TimeSpan StartTime { get; private set; }

    public ServerFacts Facts { get; private set; } = ServerFacts.Unknown;

    public NpgsqlDataSource Admin => admin;

    /// <summary>Hashes of the templates that are known to be there and that nobody but us can remove.</summary>
    public ConcurrentDictionary<string, byte> Templates { get; } = new(StringComparer.Ordinal);

    /// <summary>Templates that could not be built while the server was made: who asks for one gets the same error at once.</summary>
    public ConcurrentDictionary<string, DatabaseSetupException> Failures { get; } = new(StringComparer.Ordinal);

    /// <summary>Ready clones by template hash; each is used once.</summary>
    public ConcurrentDictionary<string, string> Clones { get; } = new(StringComparer.Ordinal);

    /// <summary>Clones that were promised to a fixture: two that start at once with the same template must not share one.</summary>
    public ConcurrentDictionary<string, byte> PromisedClones { get; } = new(StringComparer.Ordinal);

    /// <summary>The same server and role, another database.</summary>
    public string ConnectionStringFor(string database) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database, ApplicationName = null }.ConnectionString;

    /// <summary>
    /// True when a database that is no longer needed may stay: the server goes away with the run, and dropping one takes a
    /// tenth of a second, most of it a checkpoint. Only for so many, because class fixtures come and go.
    /// </summary>
    public bool TakesAlong() => Disposable && (Ended.IsCompleted || Interlocked.Increment(ref takenAlong) <= MostTakenAlong);

    public void Describe(string reason, IReadOnlyList<RejectedProvider> rejected, TimeSpan startTime) =>
        (Reason, Rejected, StartTime) = (reason, rejected, startTime);

    /// <summary>Started from a folder about which all is known: no connection is needed to find out.</summary>
    public PostgresServer Known(ServerFacts facts, IReadOnlyList<CachedTemplate> templates)
    {
        Facts = facts;
        foreach (var template in templates)
        {
            Templates[template.Hash] = 0;
            Clones[template.Hash] = template.Database;
        }

        return this;
    }

    /// <summary>
    /// A connection for advisory locks that others must see: a lock counts within one database, and two runs may name the
    /// server with different ones. Where this role may not use the common database, it is the one that was named.
    /// </summary>
    public async Task<NpgsqlConnection> OpenCommonAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await common.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException refused) when (common != admin && refused.SqlState is PostgresErrorCodes.InvalidCatalogName
            or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.ObjectNotInPrerequisiteState)
        {
            return await admin.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public PostgresServer Lacking(string template, DatabaseSetupException failure)
    {
        Failures[template] = failure;
        return this;
    }

    public async Task<PostgresServer> ConnectedAsync(CancellationToken cancellationToken)
    {
        Facts = await ServerFacts.ReadAsync(admin, cancellationToken).ConfigureAwait(false);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref stopped, 1) != 0)
        {
            return;
        }

        await common.DisposeAsync().ConfigureAwait(false);
        await admin.DisposeAsync().ConfigureAwait(false);
        await Stop().ConfigureAwait(false);
    }
}
