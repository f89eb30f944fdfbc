using System.Diagnostics;
using IntegrationKit.Fixtures;
using IntegrationKit.Scoping;
using Xunit;

namespace IntegrationKit;

/// <summary>
/// Describes the system under test once; every test that takes the fixture gets its own clean piece of it (a lane), in
/// parallel. Derive, declare resources in the constructor with <see cref="Use{TResource}"/>, and register the type as
/// an xUnit assembly, collection or class fixture.
/// </summary>
/// <remarks>
/// Thread-safe. Lanes are made on demand, at most as many as tests run at once, and are cleaned between two tests.
/// xUnit starts and disposes the fixture; nothing has to be called by hand.
/// </remarks>
public abstract class IntegrationFixture : IAsyncLifetime
{
    private readonly List<IntegrationResource> resources = [];
    private readonly LanePool lanes;
    private ResourceStart? start;

    /// <summary>Creates the fixture. Nothing is started before the first test needs it.</summary>
    protected IntegrationFixture() => lanes = new LanePool(resources);

    /// <summary>Names the fixture in messages and in the report. Default: the type's name.</summary>
    protected virtual string FixtureName => GetType().Name;

    /// <summary>Adds a resource. Resources start in the order in which they are added and are disposed in reverse.</summary>
    /// <exception cref="InvalidOperationException">The fixture has already started.</exception>
    protected TResource Use<TResource>(TResource resource)
        where TResource : IntegrationResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (start is not null)
        {
            throw new InvalidOperationException(
                $"'{resource.Name}' was added after {FixtureName} had started. Declare resources in the fixture's constructor.");
        }

        resource.LaneResolver = () => TestLease.Current(this).Lane;
        resources.Add(resource);
        return resource;
    }

    /// <summary>
    /// Called by xUnit before the first test that needs the fixture. Does nothing by itself: resources start with the
    /// first lane, so that a filtered run of tests that need none of them starts none.
    /// </summary>
    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Called by xUnit: stops the resources in reverse order. A failing one does not keep the others from stopping.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await lanes.DrainAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(false);
        List<Exception> failures = [];
        foreach (var resource in Enumerable.Reverse(resources))
        {
            try
            {
                await resource.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                failures.Add(exception);
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException($"{FixtureName} could not stop everything it had started.", failures);
        }
    }

    /// <summary>Gives the test a clean lane. Called before the test class is constructed.</summary>
    internal async Task<TestLease> BeginAsync(TestScope test, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        await StartAsync().ConfigureAwait(false);
        var lane = await lanes.RentAsync(test, cancellationToken).ConfigureAwait(false);
        test.SetupUs += (long)Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
        return new TestLease(this, test, lane, lanes, resources);
    }

    /// <summary>The last chance to add resources: everything the derived constructor declared is there.</summary>
    internal virtual void Complete()
    {
    }

    private Task StartAsync()
    {
        lock (lanes)
        {
            if (start is null)
            {
                Complete();
                start = new ResourceStart(resources, FixtureContexts.For(this, FixtureName));
            }
        }

        return start.RunAsync();
    }
}
