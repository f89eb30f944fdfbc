using IntegrationKit.Changes;
using IntegrationKit.Databases;
using IntegrationKit.Faults;
using IntegrationKit.Migrations;
using IntegrationKit.Observations;
using IntegrationKit.Observing;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;
using Npgsql;

namespace IntegrationKit;

/// <summary>
/// A PostgreSQL database of the system under test. It is migrated and seeded once; each running test works on its own copy,
/// which is brought back to that state before the next test. Members resolve to the copy of the calling test. Thread-safe.
/// </summary>
/// <example>
/// <code>
/// Database = Use(new PostgresDatabase("shop", o => o.ConnectionString("ConnectionStrings:Shop").MigrateWith&lt;ShopDbContext&gt;()));
/// </code>
/// </example>
public sealed class PostgresDatabase : IntegrationResource
{
    private readonly Action<PostgresOptions> configure;
#pragma warning disable CA2213 // disposed in DisposeAsync, through a local
    private DatabaseSource? source;
#pragma warning restore CA2213

    /// <summary>Declares a database.</summary>
    /// <param name="name">Its name in the report and in messages, for example <c>shop</c>.</param>
    /// <param name="configure">Says how it is migrated, seeded and isolated. Runs when the fixture starts.</param>
    public PostgresDatabase(string name, Action<PostgresOptions> configure)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(configure);
        this.configure = configure;
    }

    /// <summary>The connection string of the test's database, with its password. The same for as long as the fixture lives.</summary>
    public string ConnectionString => Current.ConnectionString;

    /// <summary>Pooled connections to the test's database for the test itself. Owned by the fixture: do not dispose it.</summary>
    public NpgsqlDataSource DataSource => Current.DataSource;

    internal DatabaseSource Source => source ?? throw new InvalidOperationException($"The database '{Name}' has not been started.");

    internal LaneDatabase Current => CurrentLane.State.TryGetValue(this, out var state)
        ? (LaneDatabase)state
        : throw new InvalidOperationException($"The database '{Name}' is not ready in this test.");

    /// <summary>
    /// With <see cref="Isolation.Rollback"/>: the one connection of this test, in a transaction that is rolled back after it.
    /// Hand it to the application (<c>UseNpgsql(connection)</c>); this class's own members use it too. Do not dispose it.
    /// </summary>
    public NpgsqlConnection SharedConnection => Current.Shared
        ?? throw new InvalidOperationException($"The database '{Name}' has a shared connection only with Isolate(Isolation.Rollback).");

    private FaultProxy Proxy => Current.Proxy
        ?? throw new InvalidOperationException($"Faults are not allowed on the database '{Name}'. Say AllowFaults() in its options.");

    /// <summary>Opens a connection; the caller disposes it.</summary>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken = default) => DataSource.OpenConnectionAsync(cancellationToken);

    /// <summary>Runs a statement with positional parameters (<c>$1</c>, <c>$2</c>) and returns the number of rows affected.</summary>
    public async Task<int> ExecuteAsync(string sql, params object?[] parameters)
    {
        using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    /// <summary>As the other overload, with the holes of an interpolated string as parameters: <c>$"… WHERE id = {id}"</c>.</summary>
    public Task<int> ExecuteAsync(SqlInterpolation sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return ExecuteAsync(sql.Text, sql.Values);
    }

    /// <summary>As the other overload, with the holes of an interpolated string as parameters: <c>$"… WHERE id = {id}"</c>.</summary>
    public Task<T?> ScalarAsync<T>(SqlInterpolation sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return ScalarAsync<T>(sql.Text, sql.Values);
    }

    /// <summary>As the other overload, with the holes of an interpolated string as parameters: <c>$"… WHERE id = {id}"</c>.</summary>
    public Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> QueryAsync(SqlInterpolation sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return QueryAsync(sql.Text, sql.Values);
    }

    /// <summary>As the other overload, with the holes of an interpolated string as parameters: <c>$"… WHERE id = {id}"</c>.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(SqlInterpolation sql, Func<NpgsqlDataReader, T> read)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return QueryAsync(sql.Text, read, sql.Values);
    }

    /// <summary>As the other overload, with the holes of an interpolated condition as parameters: <c>$"id = {id}"</c>.</summary>
    public Task<long> CountAsync(string table, SqlInterpolation where)
    {
        ArgumentNullException.ThrowIfNull(where);
        return CountAsync(table, where.Text, where.Values);
    }

    /// <summary>The first column of the first row, converted; the type's default when there is no row or it is null.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, params object?[] parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        return await reader.ReadAsync().ConfigureAwait(false) && !await reader.IsDBNullAsync(0).ConfigureAwait(false)
            ? await reader.GetFieldValueAsync<T>(0).ConfigureAwait(false)
            : default;
    }

    /// <summary>All rows, each as column name to value; null for SQL NULL.</summary>
    public Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> QueryAsync(string sql, params object?[] parameters) =>
        QueryAsync(sql, Rows.ToDictionary, parameters);

    /// <summary>All rows, each made by your function from the reader's current row.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] parameters)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var command = Command(sql, parameters);
        using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        List<T> rows = [];
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Number of rows of a table, optionally of those that meet a condition.</summary>
    /// <param name="table">For example <c>orders</c> or <c>sales.orders</c>; quote it yourself where PostgreSQL would need it.</param>
    /// <param name="where">For example <c>status = $1</c>.</param>
    /// <param name="parameters">Values for the condition.</param>
    public Task<long> CountAsync(string table, string? where = null, params object?[] parameters) =>
        ScalarAsync<long>($"SELECT count(*) FROM {table}{(where is null ? "" : $" WHERE {where}")}", parameters);

    /// <summary>Statements that the application has sent to the database for the running test so far.</summary>
    public IReadOnlyList<string> Statements =>
        [.. Current.Statements.All.Where(statement => statement.Origin == Origin.Application).Select(statement => statement.Text)];

    /// <summary>Runs an action and tells which rows it inserted, updated and deleted. All rows are read twice: for test-sized databases.</summary>
    public async Task<DatabaseChanges> ChangesAsync(Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (Current.Shared is { } shared)
        {
            return await ChangesAsync(shared, action).ConfigureAwait(false);
        }

        var connection = await Current.OpenQuietAsync().ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await ChangesAsync(connection, action).ConfigureAwait(false);
        }
    }

    /// <summary>Runs an action that must change no row of any table, or of the tables named.</summary>
    /// <exception cref="DatabaseChangedException">Rows changed; the message is their diff.</exception>
    public async Task UnchangedAsync(Func<Task> action, params string[] tables)
    {
        var changes = await ChangesAsync(action).ConfigureAwait(false);
        var unwanted = tables is { Length: > 0 } ? new DatabaseChanges([.. tables.Select(table => changes[table]).Where(changed => changes.Tables.Contains(changed))]) : changes;
        if (!unwanted.IsEmpty)
        {
            throw new DatabaseChangedException(Name, unwanted);
        }
    }

    /// <summary>
    /// Verifies the migrations of a DbContext of Entity Framework Core on an empty database of its own; the test's database
    /// stays as it is.
    /// </summary>
    /// <typeparam name="TDbContext">The context; it needs the constructor that <see cref="PostgresOptions.MigrateWith{TDbContext}"/> needs.</typeparam>
    /// <exception cref="MigrationVerificationException">A check failed; the message names the migration and what differs.</exception>
    public Task VerifyMigrationsAsync<TDbContext>(MigrationChecks checks = MigrationChecks.All, CancellationToken cancellationToken = default)
        where TDbContext : class =>
        new MigrationRoundTrip(typeof(TDbContext), Source.Clones).RunAsync(checks, cancellationToken);

    /// <summary>
    /// Breaks the connection between the application and this test's database until <see cref="Heal"/> or the end of the test.
    /// The test's own <see cref="DataSource"/> stays whole. Needs <see cref="PostgresOptions.AllowFaults"/>.
    /// </summary>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="statements">For faults of statements: how many fail before things work again. Default: all.</param>
    public void Inject(DatabaseFault fault, int statements = int.MaxValue) => Proxy.Inject(fault, statements);

    /// <summary>Delays every answer of the server to the application by this time, until <see cref="Heal"/> or the end of the test.</summary>
    public void SlowDown(TimeSpan delay) => Proxy.Delay = delay;

    /// <summary>Ends all faults and delays.</summary>
    public void Heal()
    {
        Proxy.Delay = TimeSpan.Zero;
        Proxy.Heal();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (source is { } started)
        {
            source = null;
            await started.DisposeAsync().ConfigureAwait(false);
        }
    }

    internal override async Task StartAsync(FixtureContext context, CancellationToken cancellationToken)
    {
        var options = new PostgresOptions();
        configure(options);
        NpgsqlListener.Start();
        EndedTransactions.Start();
        source = new DatabaseSource(Name, options, context);
        await source.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    internal override async Task PrepareAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        var started = Source;
        started.SkipIfUnavailable();
        if (lane.State.TryGetValue(this, out var state))
        {
            await started.CleanAsync((LaneDatabase)state, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            state = await started.CreateAsync(lane.Index, cancellationToken).ConfigureAwait(false);
            lane.State[this] = state;
        }

        var database = (LaneDatabase)state;
        database.LastTest = test;
        foreach (var key in started.Options.ConfigurationKeys)
        {
            lane.Settings[key] = database.ApplicationConnectionString;
        }
    }

    internal override Task SettleAsync(Lane lane, CancellationToken cancellationToken) =>
        lane.State.TryGetValue(this, out var state) ? Source.SettleAsync((LaneDatabase)state, cancellationToken) : Task.CompletedTask;

    internal override async Task ReleaseAsync(Lane lane, TestScope test)
    {
        if (test.HasFailed && lane.State.TryGetValue(this, out var state))
        {
            await Source.KeepAsync((LaneDatabase)state).ConfigureAwait(false);
        }
    }

    internal override async Task DiscardAsync(Lane lane)
    {
        if (lane.State.TryRemove(this, out var state))
        {
            await Source.DropAsync((LaneDatabase)state).ConfigureAwait(false);
        }
    }

    private static async Task<DatabaseChanges> ChangesAsync(NpgsqlConnection connection, Func<Task> action)
    {
        var before = await Snapshot.TakeAsync(connection, CancellationToken.None).ConfigureAwait(false);
        await action().ConfigureAwait(false);
        return before.To(await Snapshot.TakeAsync(connection, CancellationToken.None).ConfigureAwait(false));
    }

    private NpgsqlCommand Command(string sql, object?[] parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var command = Current.Shared is { } shared ? new NpgsqlCommand(sql, shared) : DataSource.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }
}
