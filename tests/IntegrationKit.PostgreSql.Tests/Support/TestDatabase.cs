using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Redaction;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;

namespace IntegrationKit.PostgreSql.Tests.Support;

/// <summary>Drives a <see cref="PostgresDatabase"/> as the test framework does: lanes, tests on lanes, events.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Recorder> Journal = new(() =>
        Recorder.Current ??= new Recorder(new JournalWriter(Path.Combine(AppContext.BaseDirectory, "tests.jsonl")), new Redactor()));

    private static int number;
    private int lanes;

    private TestDatabase(string name, Action<PostgresOptions> configure)
    {
        _ = Journal.Value;
        Resource = new PostgresDatabase(name, configure);
        Resource.LaneResolver = () => Lane;
    }

    public PostgresDatabase Resource { get; }

    /// <summary>The lane of the test that began last.</summary>
    public Lane Lane { get; private set; } = new(0);

    public TestScope Test { get; private set; } = new("none", "none");

    public static async Task<TestDatabase> StartAsync(Action<PostgresOptions> configure)
    {
        var database = new TestDatabase($"db{Interlocked.Increment(ref number)}", configure);
        await database.Resource.StartAsync(new FixtureContext("TestFixture", AppContext.BaseDirectory, null), CancellationToken.None);
        return database;
    }

    /// <summary>A started database with one test begun on its first lane.</summary>
    public static async Task<TestDatabase> ReadyAsync(string schema, Action<PostgresOptions>? more = null)
    {
        var database = await StartAsync(options =>
        {
            options.MigrateFromFiles(SqlText(schema));
            more?.Invoke(options);
        });
        await database.BeginAsync();
        return database;
    }

    /// <summary>Writes a file whose name depends on its content, so that equal schemas share a template.</summary>
    public static string SqlText(string text)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "sql", Identity.TestIds.Digest(text, 12));
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "schema.sql");
        if (!File.Exists(file))
        {
            var temporary = $"{file}.{Guid.NewGuid():N}";
            File.WriteAllText(temporary, text);
            File.Move(temporary, file, overwrite: true);
        }

        return file;
    }

    /// <summary>The next test begins, on the same lane unless another one is asked for.</summary>
    public async Task BeginAsync(bool newLane = false)
    {
        if (newLane)
        {
            Lane = new Lane(Interlocked.Increment(ref lanes));
        }

        Test = new TestScope(Guid.NewGuid().ToString("N"), "a test");
        TestScopes.Add(Test);
        TestScope.Current = Test;
        await Resource.PrepareAsync(Lane, Test, CancellationToken.None);
    }

    public IReadOnlyList<T> Events<T>()
        where T : JournalEvent =>
        [.. JournalReader.Read(Journal.Value.JournalPath!).Events.OfType<T>().Where(e => e switch
        {
            DatabaseReset reset => reset.Point == $"database:{Resource.Name}",
            SqlExecuted sql => sql.Point == $"database:{Resource.Name}",
            TransactionEnded ended => ended.Point == $"database:{Resource.Name}",
            IssueObserved issue => issue.Point == $"database:{Resource.Name}",
            TableDeclared table => table.Point == $"database:{Resource.Name}",
            ConstraintDeclared constraint => constraint.Point == $"database:{Resource.Name}",
            DatabaseReported reported => reported.Point == $"database:{Resource.Name}",
            PointDeclared point => point.Id == $"database:{Resource.Name}",
            _ => true,
        })];

    public DatabaseReset LastReset => Events<DatabaseReset>()[^1];

    public async ValueTask DisposeAsync() => await Resource.DisposeAsync();
}
