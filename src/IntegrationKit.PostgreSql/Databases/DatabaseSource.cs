using System.Collections.Concurrent;
using System.Diagnostics;
using IntegrationKit.Resets;
using IntegrationKit.Resources;
using IntegrationKit.Servers;
using IntegrationKit.Sql;
using IntegrationKit.Templates;

namespace IntegrationKit.Databases;

/// <summary>
/// Where the lanes of one declared database come from: the server, the template, and the clones. Thread-safe after
/// <see cref="StartAsync"/>.
/// </summary>
internal sealed class DatabaseSource(string name, PostgresOptions options, FixtureContext context) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<LaneDatabase, byte> lanes = new();
    private readonly KeptDatabases kept = new();
    private CloneStore? clones;
    private TableResolver? resolver;
    private PortableBaseline? portable;
    private Baseline? baseline;
    private LaneDatabase? spare;
    private readonly SemaphoreSlim reviving = new(1, 1);
    private TemplateRecipe? recipe;
    private string? unavailable;

    public PostgresOptions Options => options;

    public string Point => $"database:{name}";

    public PostgresServer? Server => clones?.Server;

    public CloneStore Clones => clones!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var report = new DatabaseReport(name, options, context);
        var began = Stopwatch.GetTimestamp();
        try
        {
            options.Migrations.ForEach(static step => step.WarmUp());
            recipe = new TemplateRecipe(options, context);
            var server = await SharedServers.GetAsync(options.Server, Needs(recipe)).ConfigureAwait(false);
            report.Ready(server);
            var reused = await new TemplateStore(server).EnsureAsync(recipe, cancellationToken).ConfigureAwait(false);
            clones = StoreOn(server);
            Template = TemplateStore.NameOf(recipe, server);
            spare = await FirstAsync(report, cancellationToken).ConfigureAwait(false);
            PrepareNext();
            report.Prepared(recipe, reused && !Built, Stopwatch.GetElapsedTime(began));
        }
        catch (NoServerException exception) when (exception.Policy == WhenUnavailable.Skip)
        {
            unavailable = exception.Message;
            report.Failed(exception, skipped: true);
        }
        catch (Exception exception)
        {
            report.Failed(exception, skipped: false);
            if (exception is NoServerException)
            {
                throw new DatabaseSetupException(exception.Message, exception);
            }

            throw;
        }
    }

    public string Template { get; private set; } = "";

    private bool Built { get; set; }

    /// <summary>With <see cref="WhenUnavailable.Skip"/> and no server: skips the test.</summary>
    public void SkipIfUnavailable()
    {
        if (unavailable is not null)
        {
            throw new TestSkippedException(unavailable);
        }
    }

    public async Task<LaneDatabase> CreateAsync(int lane, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref spare, null) is { } ready)
        {
            ready.Identity = ready.Identity with { Lane = lane };
            return await ReadyAsync(ready, cancellationToken).ConfigureAwait(false);
        }

        return await ReadyAsync(await NewAsync(lane, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The application has started on a new lane: what it made at its start (its own migration, tables of a job queue, first
    /// rows) is there for every test of the lane.
    /// </summary>
    public async Task SettleAsync(LaneDatabase database, CancellationToken cancellationToken)
    {
        if (options.IsolationMode is Isolation.PerTest or Isolation.ClonePerTest)
        {
            await new LaneBaseline(database, options.KeptTables).AdoptAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task CleanAsync(LaneDatabase database, CancellationToken cancellationToken)
    {
        database.Proxy?.EndTest();
        await database.EndSharedAsync().ConfigureAwait(false);
        var alive = await AliveAsync(cancellationToken).ConfigureAwait(false);
        if (!ReferenceEquals(alive.Server, database.Server))
        {
            await database.MoveAsync(alive, cancellationToken).ConfigureAwait(false);
        }
        else if (database.IsSetAside)
        {
            await database.CreateAsync(cancellationToken).ConfigureAwait(false);
        }

        var reset = new LaneReset(database);
        switch (options.IsolationMode)
        {
            case Isolation.PerTest when options.ResetStrategy is { } strategy:
                await reset.RunAsync(strategy.Name, strategy.Reset, cancellationToken).ConfigureAwait(false);
                break;
            case Isolation.PerTest or Isolation.Rollback:
                await reset.RunAsync(cancellationToken).ConfigureAwait(false);
                await reset.VerifyAsync(options.VerifiesIsolation, cancellationToken).ConfigureAwait(false);
                break;
            case Isolation.ClonePerTest:
                await reset.CloneAsync("isolation is ClonePerTest", cancellationToken).ConfigureAwait(false);
                alive.Prepare(Template);
                break;
        }

        database.Statements.Clear();
        database.Transactions.Clear();
        await ReadyAsync(database, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>After a failed test: sets its database aside when that is wished for. Never throws.</summary>
    public async Task KeepAsync(LaneDatabase database)
    {
        if (options.KeepsFailed)
        {
            await kept.KeepAsync(database).ConfigureAwait(false);
        }
    }

    public async Task DropAsync(LaneDatabase database)
    {
        if (database.LastTest is { HasFailed: true })
        {
            await KeepAsync(database).ConfigureAwait(false);
        }

        lanes.TryRemove(database, out _);
        try
        {
            await database.DisposeAsync().ConfigureAwait(false);
        }
        catch (Npgsql.NpgsqlException)
        {
            // The server is gone, and the database with it; or the next run sweeps it.
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes.Keys)
        {
            await FinishAsync(lane).ConfigureAwait(false);
            await DropAsync(lane).ConfigureAwait(false);
        }

        if (clones is not null)
        {
            await clones.DisposeAsync().ConfigureAwait(false);
        }

        reviving.Dispose();
    }

    /// <summary>What a lane's last test has changed or left open is told by no later reset.</summary>
    private async Task FinishAsync(LaneDatabase lane)
    {
        if (lane.LastTest is null || lane.IsSetAside || options.IsolationMode is not (Isolation.PerTest or Isolation.Rollback) || Server!.Ended.IsCompleted)
        {
            return;
        }

        try
        {
            await lane.EndSharedAsync().ConfigureAwait(false);
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await new LaneReset(lane).InspectAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is Npgsql.NpgsqlException or OperationCanceledException or InvalidOperationException)
        {
            // The run is over; the database is dropped whatever state it is in.
        }
    }

    private CloneStore StoreOn(PostgresServer server) => new(server) { Rebuild = token => new TemplateStore(server).EnsureAsync(recipe!, token) };

    private ServerNeeds Needs(TemplateRecipe wanted) => new(wanted.Hash, async (builder, token) =>
    {
        Built = true;
        await new TemplateStore(builder).EnsureAsync(wanted, token).ConfigureAwait(false);
    });

    /// <summary>
    /// When the server has died, a new one takes its place once, at the same address; tests in flight fail, those to come do
    /// not.
    /// </summary>
    private async Task<CloneStore> AliveAsync(CancellationToken cancellationToken)
    {
        if (!clones!.Server.Ended.IsCompleted)
        {
            return clones;
        }

        await reviving.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (clones.Server is { Ended.IsCompleted: true } dead)
            {
                Issues.ServerDied(Point, dead);
                var needs = Needs(recipe!) with { Replaces = dead };
                var server = await SharedServers.ReplaceAsync(options.Server, dead, needs).ConfigureAwait(false);
                await new TemplateStore(server).EnsureAsync(recipe!, cancellationToken).ConfigureAwait(false);
                clones = StoreOn(server);
                new DatabaseReport(name, options, context).Ready(server);
            }

            return clones;
        }
        finally
        {
            reviving.Release();
        }
    }

    private async Task<LaneDatabase> ReadyAsync(LaneDatabase database, CancellationToken cancellationToken)
    {
        if (options.IsolationMode == Isolation.Rollback)
        {
            await database.BeginSharedAsync(cancellationToken).ConfigureAwait(false);
        }

        return database;
    }

    /// <summary>The first clone is made at once: it is wanted soon, and the catalogue is read from it.</summary>
    private async Task<LaneDatabase> FirstAsync(DatabaseReport report, CancellationToken cancellationToken)
    {
        var first = new LaneDatabase(clones!, Template, clones!.FirstName(name, recipe!.Hash), new LaneIdentity(Point, 0, new TableResolver(new Catalogue([], []))), options.Faults);
        await first.CreateAsync(cancellationToken).ConfigureAwait(false);
        lanes[first] = 0;
        baseline = await Baseline.OfAsync(first.Session.Connection, clones.Server.Facts, options.KeptTables, cancellationToken).ConfigureAwait(false);
        report.Declare(baseline);
        resolver = new TableResolver(baseline.Catalogue);
        portable = clones.Server.Facts.ExactReset
            ? null
            : await PortableBaseline.ReadAsync(first.Session.Connection, baseline, cancellationToken).ConfigureAwait(false);
        baseline = portable is null ? baseline : portable.Baseline with { Fingerprint = portable.Fingerprint };
        first.Identity = new LaneIdentity(Point, 0, resolver, portable, baseline);
        return first;
    }

    private async Task<LaneDatabase> NewAsync(int lane, CancellationToken cancellationToken)
    {
        var alive = await AliveAsync(cancellationToken).ConfigureAwait(false);
        var database = new LaneDatabase(alive, Template, alive.NextName(name), new LaneIdentity(Point, lane, resolver!, portable, baseline), options.Faults);
        await database.CreateAsync(cancellationToken).ConfigureAwait(false);
        lanes[database] = 0;
        PrepareNext();
        return database;
    }

    /// <summary>Where each test wants a fresh database, the next one is made while this one is used.</summary>
    private void PrepareNext()
    {
        if (options.IsolationMode == Isolation.ClonePerTest)
        {
            clones!.Prepare(Template);
        }
    }
}
