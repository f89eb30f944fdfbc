using System.Runtime.ExceptionServices;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;

namespace IntegrationKit.Fixtures;

/// <summary>A test's hold on a lane of one fixture, from before the construction of its class to after its disposal.</summary>
internal sealed class TestLease(
    IntegrationFixture fixture, TestScope test, Lane lane, LanePool pool, IReadOnlyList<IntegrationResource> resources)
{
    private int ended;
    private int released;

    public Lane Lane { get; } = lane;

    /// <summary>The lease of the calling test. Made on the spot for a fixture that did not come in by the constructor.</summary>
    public static TestLease Current(IntegrationFixture fixture)
    {
        var test = TestScope.Current ?? throw new InvalidOperationException(
            $"{fixture.GetType().Name} was used where no test is running. Its resources belong to the running test: use them in "
            + "the test class's constructor, in its InitializeAsync or in the test, not in another fixture or on a thread of your own.");
        if (test.Items.TryGetValue(fixture, out var lease))
        {
            return (TestLease)lease;
        }

        return (TestLease)test.Items.GetOrAdd(
            fixture, _ => Blocking.Run(() => fixture.BeginAsync(test, CancellationToken.None)));
    }

    /// <summary>Verifies at the end of the test body. Throws what fails the test.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref ended, 1) != 0)
        {
            return;
        }

        pool.Ending();
        List<Exception> failures = [];
        foreach (var resource in resources)
        {
            try
            {
                await resource.VerifyAsync(Lane, test, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                failures.Add(exception);
            }
        }

        switch (failures.Count)
        {
            case 0:
                return;
            case 1:
                ExceptionDispatchInfo.Throw(failures[0]);
                return;
            default:
                throw new AggregateException(failures);
        }
    }

    /// <summary>Gives the lane back, or throws it away when the test may still be running.</summary>
    public async Task ReleaseAsync(bool discard)
    {
        if (Interlocked.Exchange(ref released, 1) != 0)
        {
            return;
        }

        var wasEnding = Interlocked.Exchange(ref ended, 1) != 0;
        test.Items.TryRemove(fixture, out _);
        if (discard)
        {
            await pool.DiscardAsync(Lane, wasEnding).ConfigureAwait(false);
            return;
        }

        if (!wasEnding)
        {
            pool.Ending();
        }

        foreach (var resource in resources)
        {
            await resource.ReleaseAsync(Lane, test).ConfigureAwait(false);
        }

        pool.Return(Lane);
    }
}
