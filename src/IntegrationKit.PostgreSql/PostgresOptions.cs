using IntegrationKit.Databases;
using IntegrationKit.Servers;
using IntegrationKit.Templates;
using Npgsql;

namespace IntegrationKit;

/// <summary>
/// How a <see cref="PostgresDatabase"/> gets its server, its schema and its rows, and how tests are kept apart in it. Every
/// member returns the same instance. Relative paths resolve against the test assembly's folder, then the test project's.
/// </summary>
public sealed class PostgresOptions
{
    internal PostgresOptions()
    {
    }

    internal List<string> ConfigurationKeys { get; } = [];

    internal List<TemplateStep> Migrations { get; } = [];

    internal List<TemplateStep> Seeds { get; } = [];

    internal List<string> TemplateInputs { get; } = [];

    internal List<string> KeptTables { get; } = [];

    internal ServerRequest Server { get; private set; } = new();

    internal (string Name, Func<LaneDatabase, CancellationToken, Task> Reset)? ResetStrategy { get; private set; }

    internal bool VerifiesIsolation { get; private set; } = Environment.GetEnvironmentVariable("INTEGRATIONKIT_VERIFY_ISOLATION") is "1" or "true";

    internal bool KeepsFailed { get; private set; } =
        Environment.GetEnvironmentVariable(KeptDatabases.Variable) is { Length: > 0 } value && value is not "0" and not "false";

    internal bool Faults { get; private set; }

    internal Isolation IsolationMode { get; private set; } = Isolation.PerTest;

    /// <summary>
    /// The application of the lane finds the lane's connection string under this configuration key, for example
    /// <c>ConnectionStrings:Shop</c>. May be called several times.
    /// </summary>
    public PostgresOptions ConnectionString(string configurationKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configurationKey);
        ConfigurationKeys.Add(configurationKey);
        return this;
    }

    /// <summary>Runs the Entity Framework Core migrations of the context once per template; with none, creates its schema.</summary>
    /// <typeparam name="TDbContext">A context with a constructor that takes <c>DbContextOptions</c> of itself.</typeparam>
    public PostgresOptions MigrateWith<TDbContext>()
        where TDbContext : class
    {
        Migrations.Add(new EfMigrationStep(typeof(TDbContext)));
        return this;
    }

    /// <summary>Runs the <c>.sql</c> files of a folder (or one file) in ordinal order of their names, once per template.</summary>
    public PostgresOptions MigrateFromFiles(string path)
    {
        Migrations.Add(new FileStep(path, isSeed: false));
        return this;
    }

    /// <summary>
    /// Runs your own migration tool once per template, with the connection string of the template. The template is rebuilt when
    /// the assembly of the delegate, or one it references, changes; name other inputs with <see cref="RebuildWhenChanged"/>.
    /// </summary>
    public PostgresOptions MigrateWith(Func<string, CancellationToken, Task> migrate)
    {
        ArgumentNullException.ThrowIfNull(migrate);
        Migrations.Add(new DelegateStep("delegate", migrate, (context, token) => migrate(context.ConnectionString, token)));
        return this;
    }

    /// <summary>As the other overload, with a data source of the template.</summary>
    public PostgresOptions MigrateWith(Func<NpgsqlDataSource, CancellationToken, Task> migrate)
    {
        ArgumentNullException.ThrowIfNull(migrate);
        Migrations.Add(new DelegateStep("delegate", migrate, (context, token) => migrate(context.DataSource, token)));
        return this;
    }

    /// <summary>
    /// Rows that every test starts with: a <c>.sql</c> or <c>.csv</c> file, or a folder of them in ordinal order of their names.
    /// A CSV file with a header line is copied into the table it is named after (<c>01_orders.csv</c>, <c>sales.orders.csv</c>).
    /// </summary>
    public PostgresOptions SeedFrom(string path)
    {
        Seeds.Add(new FileStep(path, isSeed: true));
        return this;
    }

    /// <summary>Rows that every test starts with, written by code, once per template.</summary>
    public PostgresOptions SeedWith(Func<NpgsqlDataSource, CancellationToken, Task> seed)
    {
        ArgumentNullException.ThrowIfNull(seed);
        Seeds.Add(new DelegateStep("delegate", seed, (context, token) => seed(context.DataSource, token)));
        return this;
    }

    /// <summary>A further file or folder whose content decides whether a cached template is stale.</summary>
    public PostgresOptions RebuildWhenChanged(string path)
    {
        TemplateInputs.Add(path);
        return this;
    }

    /// <summary>A table whose rows are left alone between tests, for example <c>public.audit</c>. May be called several times.</summary>
    public PostgresOptions KeepTable(string table)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        KeptTables.Add(table);
        return this;
    }

    /// <summary>
    /// After every reset, compares the database with its baseline: rows, sequences, definitions. Costs a query that reads all
    /// seeded rows. Default: after the first, second, fourth … and each hundredth reset of a lane.
    /// </summary>
    public PostgresOptions VerifyIsolation(bool always = true)
    {
        VerifiesIsolation = always;
        return this;
    }

    /// <summary>
    /// Keeps the database of a test that failed, as the test left it, for a look into it; the report says how to connect. At
    /// most ten per run, for a day; <c>integrationkit doctor --prune</c> removes them at once. Default: not kept, unless the
    /// environment variable INTEGRATIONKIT_KEEP_FAILED is 1.
    /// </summary>
    public PostgresOptions KeepFailed(bool keep = true)
    {
        KeepsFailed = keep;
        return this;
    }

    /// <summary>
    /// Lets tests break the connection between the application and its database with <see cref="PostgresDatabase.Inject"/>:
    /// the application is given the address of a loopback proxy. Costs a fraction of a millisecond per statement.
    /// </summary>
    public PostgresOptions AllowFaults()
    {
        Faults = true;
        return this;
    }

    /// <summary>How tests are kept apart. Default: <see cref="Isolation.PerTest"/>.</summary>
    public PostgresOptions Isolate(Isolation isolation)
    {
        IsolationMode = isolation;
        return this;
    }

    /// <summary>Uses a running server. The user must be allowed to create databases; if it is dead the tests fail, nothing else is tried.</summary>
    public PostgresOptions UseServer(string connectionString) => UseProvider(new ExplicitServerProvider(connectionString, "set in code"));

    /// <summary>Uses a server that your code starts, once per process; returns its connection string.</summary>
    public PostgresOptions Start(Func<CancellationToken, Task<string>> start)
    {
        ArgumentNullException.ThrowIfNull(start);
        return UseProvider(new DelegateServerProvider(start, async token => (await start(token).ConfigureAwait(false), null)));
    }

    /// <summary>As the other overload; the second value is disposed at the end of the run.</summary>
    public PostgresOptions Start(Func<CancellationToken, Task<(string ConnectionString, IAsyncDisposable? Server)>> start)
    {
        ArgumentNullException.ThrowIfNull(start);
        return UseProvider(new DelegateServerProvider(start, start));
    }

    /// <summary>Uses PostgreSQL programs of this machine, and nothing else.</summary>
    /// <param name="folder">Folder of <c>postgres</c> and <c>initdb</c>. Default: found on the path and in the usual folders.</param>
    public PostgresOptions LocalBinaries(string? folder = null) => UseProvider(new Local.LocalServerProvider(folder));

    /// <summary>
    /// The major version the tests need, for example 17: the official image of that version where a container is used and
    /// no image is named; a server of another version fails the fixture. Default: any from 13 on.
    /// </summary>
    public PostgresOptions RequireVersion(int major)
    {
        Server = Server with { Version = major };
        return this;
    }

    /// <summary>What happens when no server can be had. Default: <see cref="WhenUnavailable.Fail"/>.</summary>
    public PostgresOptions Otherwise(WhenUnavailable policy)
    {
        Server = Server with { Policy = policy };
        return this;
    }

    /// <summary>Another way to clean a lane's database; the strategy named is written to the report.</summary>
    internal PostgresOptions UseResetStrategy(string name, Func<LaneDatabase, CancellationToken, Task> reset)
    {
        ResetStrategy = (name, reset);
        return this;
    }

    /// <summary>Fixes the provider. Other packages offer theirs through this.</summary>
    internal PostgresOptions UseProvider(IServerProvider provider)
    {
        Server = Server with { Provider = provider };
        return this;
    }
}
