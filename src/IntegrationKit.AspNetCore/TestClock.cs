using IntegrationKit.Clocks;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;

namespace IntegrationKit;

/// <summary>
/// The application's clock in the hands of the test: it runs as usual until the test moves it, and timers that fall due by
/// the move fire at once. Every test starts at the real time. Thread-safe.
/// </summary>
public sealed class TestClock : IntegrationResource
{
    internal TestClock()
        : base("clock")
    {
    }

    /// <summary>What the application takes for the current time.</summary>
    public DateTimeOffset Now => In(CurrentLane).GetUtcNow();

    /// <summary>Moves the clock forward; timers and delays that fall due fire.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        In(CurrentLane).Move(by);
    }

    /// <summary>Sets the clock, also backwards; it runs on from there.</summary>
    public void SetTo(DateTimeOffset time)
    {
        var clock = In(CurrentLane);
        clock.Move(time - clock.GetUtcNow());
    }

    internal MovableClock In(Lane lane) => (MovableClock)lane.State.GetOrAdd(this, _ => new MovableClock());

    /// <inheritdoc/>
    internal override Task StartAsync(FixtureContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    internal override Task PrepareAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        In(lane).Reset();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
