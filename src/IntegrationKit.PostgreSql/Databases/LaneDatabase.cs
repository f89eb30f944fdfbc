using IntegrationKit.Faults;
using IntegrationKit.Observing;
using IntegrationKit.Resets;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;
using IntegrationKit.Servers;
using IntegrationKit.Sql;
using Npgsql;

namespace IntegrationKit.Databases;

/// <summary>
/// One lane's database: a clone of the template under one name for the whole run, and the session that resets it. Used by
/// one test at a time.
/// </summary>
internal sealed class LaneDatabase : IAsyncDisposable
{
    private CloneStore clones;
    private readonly string template;
    private readonly Lazy<NpgsqlDataSource> dataSource;
    private NpgsqlDataSource? quiet;

    public LaneDatabase(CloneStore clones, string template, string name, LaneIdentity identity, bool faults = false)
    {
        (this.clones, this.template, Name, Identity) = (clones, template, name, identity);
        ConnectionString = clones.Server.ConnectionStringFor(name);
        Proxy = faults ? new FaultProxy(ConnectionString) : null;
        dataSource = new Lazy<NpgsqlDataSource>(() =>
            new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(ConnectionString) { ApplicationName = "test" }.ConnectionString)
                .UseLoggerFactory(new TransactionLoggerFactory()).Build());
    }

    public string Name { get; }

    /// <summary>Set again when the first clone, made ahead, gets its lane.</summary>
    public LaneIdentity Identity { get; set; }

    public string Point => Identity.Point;

    public int Lane => Identity.Lane;

    public string ConnectionString { get; }

    /// <summary>With <see cref="Isolation.Rollback"/>: the one connection of test and application, in a transaction.</summary>
    public NpgsqlConnection? Shared { get; private set; }

    /// <summary>What the application is given: with faults allowed, the address of the proxy.</summary>
    public string ApplicationConnectionString => Proxy?.ConnectionString ?? ConnectionString;

    public FaultProxy? Proxy { get; }

    public TableResolver Resolver => Identity.Resolver;

    public PostgresServer Server => clones.Server;

    /// <summary>What the test itself uses; the application builds its own from the connection string.</summary>
    public NpgsqlDataSource DataSource => dataSource.Value;

    public ResetSession Session { get; private set; } = null!;

    public LeakCheck LeakCheck { get; } = new();

    public StatementLog Statements { get; } = new();

    public TransactionLog Transactions { get; } = new();

    /// <summary>The test that has used the database last.</summary>
    public TestScope? LastTest { get; set; }

    /// <summary>Makes the clone and gets ready to reset it.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        ThrowIfAdopted();
        try
        {
            await clones.CreateAsync(Name, template, cancellationToken).ConfigureAwait(false);
            LaneDatabases.Add(this);
            await OpenSessionAsync(cancellationToken).ConfigureAwait(false);
            IsSetAside = false;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            throw new DatabaseSetupException(
                $"The PostgreSQL server {Server.Endpoint} has no connection left ({exception.MessageText}; max_connections is {Server.Facts.MaxConnections}). "
                + "Run fewer tests at once (maxParallelThreads), make the application's pools smaller, or raise max_connections.",
                exception);
        }
    }

    /// <summary>True when the database was kept under another name: this lane has none until <see cref="CreateAsync"/>.</summary>
    public bool IsSetAside { get; private set; }

    /// <summary>Gives the database another name, with nobody connected to it.</summary>
    public async Task SetAsideAsync(string name, CancellationToken cancellationToken)
    {
        await EndSharedAsync().ConfigureAwait(false);
        await CloseSessionAsync().ConfigureAwait(false);
        ClientPools.Clear(Name);
        await clones.RenameAsync(Name, name, cancellationToken).ConfigureAwait(false);
        IsSetAside = true;
    }

    /// <summary>True when the application has made part of the baseline: a clone of the template would lack it.</summary>
    public bool IsAdopted { get; private set; }

    /// <summary>Another baseline than the template's holds for this lane.</summary>
    public void Adopt(LaneIdentity identity) => (Identity, IsAdopted) = (identity, true);

    public async Task RenewSessionAsync(CancellationToken cancellationToken)
    {
        await CloseSessionAsync().ConfigureAwait(false);
        await OpenSessionAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Throws the database away, with everybody connected to it, and makes it again under the same name.</summary>
    /// <exception cref="StaleLaneException">The application would not find what it has made at its start.</exception>
    public async Task CloneAgainAsync(CancellationToken cancellationToken)
    {
        ThrowIfAdopted();
        await CloseSessionAsync().ConfigureAwait(false);
        await clones.DropAsync(Name, cancellationToken).ConfigureAwait(false);
        ClientPools.Clear(Name);
        await clones.CreateAsync(Name, template, cancellationToken).ConfigureAwait(false);
        await OpenSessionAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The server has died and a new one runs at its address: the database is made there.</summary>
    public async Task MoveAsync(CloneStore target, CancellationToken cancellationToken)
    {
        ThrowIfAdopted();
        await CloseSessionAsync().ConfigureAwait(false);
        ClientPools.Clear(Name);
        clones = target;
        await CreateAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens the shared connection and its transaction.</summary>
    public async Task BeginSharedAsync(CancellationToken cancellationToken)
    {
        Shared = await DataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await Shared.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Undoes everything by rolling back. A connection that the test broke or closed has rolled back by itself.</summary>
    public async Task EndSharedAsync()
    {
        if (Shared is { } connection)
        {
            Shared = null;
            try
            {
                // Npgsql would put off the rollback until the pooled connection is used again.
                using var rollback = new NpgsqlCommand("ROLLBACK", connection);
                await rollback.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
            {
                // Broken or closed: the server has rolled back by itself.
            }

            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A connection of ours that leaves no trace in what is observed.</summary>
    public async Task<NpgsqlConnection> OpenQuietAsync()
    {
        quiet ??= Connections.Quiet(new NpgsqlConnectionStringBuilder(ConnectionString) { ApplicationName = "IntegrationKit snapshot", Pooling = false }.ConnectionString);
        return await quiet.OpenConnectionAsync(CancellationToken.None).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await EndSharedAsync().ConfigureAwait(false);
        if (Proxy is not null)
        {
            await Proxy.DisposeAsync().ConfigureAwait(false);
        }

        if (quiet is not null)
        {
            await quiet.DisposeAsync().ConfigureAwait(false);
        }

        LaneDatabases.Remove(this);
        await CloseSessionAsync().ConfigureAwait(false);
        if (dataSource.IsValueCreated)
        {
            await dataSource.Value.DisposeAsync().ConfigureAwait(false);
        }

        if (!Server.TakesAlong())
        {
            await clones.DropAsync(Name, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void ThrowIfAdopted()
    {
        if (IsAdopted)
        {
            throw new StaleLaneException($"The database {Name} has to be cloned anew, and the application made part of it at its start.");
        }
    }

    private async Task OpenSessionAsync(CancellationToken cancellationToken) =>
        Session = await ResetSession.OpenAsync(Server, Name, cancellationToken).ConfigureAwait(false);

    private async Task CloseSessionAsync()
    {
        if (Session is not null)
        {
            await Session.DisposeAsync().ConfigureAwait(false);
        }
    }
}

// Point: The integration point, for example <c>database:shop</c>.
// Lane: Index of the lane.
// Portable: The baseline where the server lets us put nothing into the database.
// Baseline: What a test finds.
internal sealed record LaneIdentity(string Point, int Lane, TableResolver Resolver, PortableBaseline? Portable = null, Baseline? Baseline = null);
