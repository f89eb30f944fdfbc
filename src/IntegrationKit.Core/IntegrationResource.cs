using IntegrationKit.Journal;
using IntegrationKit.Recording;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;

namespace IntegrationKit;

/// <summary>
/// A part of the system under test that a fixture starts once and hands to every test in a clean state: a database, a
/// mock, an application. Resources are started in the order in which they were declared and disposed in reverse.
/// </summary>
public abstract class IntegrationResource : IAsyncDisposable
{
    private protected IntegrationResource(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The name given in the fixture; it appears in the report.</summary>
    public string Name { get; }

    /// <summary>How the resource finds the lane of the calling test. Set by the fixture that owns it.</summary>
    internal Func<Lane>? LaneResolver { get; set; }

    /// <summary>The lane of the test whose code is calling.</summary>
    /// <exception cref="InvalidOperationException">The resource belongs to no fixture, or no test is running.</exception>
    internal Lane CurrentLane => (LaneResolver ?? throw new InvalidOperationException(
        $"'{Name}' belongs to no fixture yet. Declare it in a fixture's constructor with Use(...).")).Invoke();

    /// <summary>Tells the report of the integration point behind this resource, <c>{kind}:{Name}</c>.</summary>
    internal void DeclarePoint(FixtureContext context, string kind, string? system, string provider) => Recorder.Observe(new PointDeclared
    {
        Id = $"{kind}:{Name}",
        Kind = kind,
        Name = Name,
        System = system,
        Provider = provider,
        DeclaredBy = context.FixtureName,
    });

    /// <summary>Starts what all lanes share. Called once, before the first lane.</summary>
    internal abstract Task StartAsync(FixtureContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the lane ready for a test: creates this resource's part of it the first time, cleans it every other time.
    /// Called before the test class is constructed; an exception fails the test as an environment error.
    /// </summary>
    internal abstract Task PrepareAsync(Lane lane, TestScope test, CancellationToken cancellationToken);

    /// <summary>
    /// Called once per lane, when all resources of the fixture are ready for its first test: what a later one (an application
    /// at its start) did to this one is not the test's.
    /// </summary>
    internal virtual Task SettleAsync(Lane lane, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Checks at the end of the test body what only this resource knows (unmatched requests, leaked transactions).
    /// An exception fails the test.
    /// </summary>
    internal virtual Task VerifyAsync(Lane lane, TestScope test, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The test has ended, disposal of its class included; the lane goes back to the pool. Must not throw.</summary>
    internal virtual Task ReleaseAsync(Lane lane, TestScope test) => Task.CompletedTask;

    /// <summary>The lane is thrown away: a timed-out test may still be using it, or it could not be cleaned. Must not throw.</summary>
    internal virtual Task DiscardAsync(Lane lane) => Task.CompletedTask;

    /// <summary>Stops everything, lanes included. Safe to call more than once.</summary>
    public abstract ValueTask DisposeAsync();
}
