using System.Data.Common;
using System.Diagnostics;
using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;
using Respawn;

namespace IntegrationKit;

/// <summary>
/// A database of any kind that Respawn knows (SQL Server, MySQL, Oracle, …), emptied before each test. There is one database,
/// so tests that use it run one after the other; for databases per test use <see cref="PostgresDatabase"/>.
/// </summary>
/// <example>
/// <code>
/// Legacy = Use(new RespawnedDatabase("legacy", () => new SqlConnection(connectionString), new RespawnerOptions { DbAdapter = DbAdapter.SqlServer }));
/// </code>
/// </example>
public sealed class RespawnedDatabase : IntegrationResource
{
    private readonly Func<DbConnection> connect;
    private readonly RespawnerOptions options;
    private readonly SemaphoreSlim turn = new(1, 1);
    private Respawner? respawner;

    /// <summary>Declares the database.</summary>
    /// <param name="name">Its name in the report.</param>
    /// <param name="connect">Makes a closed connection; it is opened and disposed here.</param>
    /// <param name="options">Respawn's options; <c>DbAdapter</c> must fit the connection.</param>
    public RespawnedDatabase(string name, Func<DbConnection> connect, RespawnerOptions options)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(connect);
        ArgumentNullException.ThrowIfNull(options);
        (this.connect, this.options) = (connect, options);
    }

    private string Point => $"database:{Name}";

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        turn.Dispose();
        return ValueTask.CompletedTask;
    }

    internal override Task StartAsync(FixtureContext context, CancellationToken cancellationToken)
    {
        DeclarePoint(context, PointKind.Database, null, "external");
        return Task.CompletedTask;
    }

    internal override async Task PrepareAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        lane.State[this] = test;
        try
        {
            await ResetAsync(lane.Index, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            GiveUp(lane);
            throw;
        }
    }

    internal override Task ReleaseAsync(Lane lane, TestScope test)
    {
        GiveUp(lane);
        return Task.CompletedTask;
    }

    internal override Task DiscardAsync(Lane lane)
    {
        GiveUp(lane);
        return Task.CompletedTask;
    }

    private void GiveUp(Lane lane)
    {
        if (lane.State.TryRemove(this, out _))
        {
            turn.Release();
        }
    }

    private async Task ResetAsync(int lane, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var connection = connect();
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            respawner ??= await Respawner.CreateAsync(connection, options).ConfigureAwait(false);
            await respawner.ResetAsync(connection).ConfigureAwait(false);
        }

        Recorder.Observe(new DatabaseReset
        {
            Point = Point,
            Strategy = "respawn",
            DurationUs = (long)Stopwatch.GetElapsedTime(started).TotalMicroseconds,
            Origin = Origin.Kit,
            Lane = lane,
        });
    }
}
