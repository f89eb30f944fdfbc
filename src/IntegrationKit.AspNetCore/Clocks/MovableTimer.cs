namespace IntegrationKit.Clocks;

/// <summary>A timer of a <see cref="MovableClock"/>: waits in real time, and again less when the clock is moved.</summary>
internal sealed class MovableTimer : ITimer
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    private readonly Lock gate = new();
    private readonly MovableClock clock;
    private readonly TimerCallback callback;
    private readonly object? state;
    private readonly ITimer real;
    private DateTimeOffset? due;
    private TimeSpan every = Never;

    public MovableTimer(MovableClock clock, TimerCallback callback, object? state)
    {
        this.clock = clock;
        this.callback = callback;
        this.state = state;
        real = TimeProvider.System.CreateTimer(_ => Elapsed(), null, Never, Never);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            due = dueTime == Never ? null : clock.GetUtcNow() + dueTime;
            every = period;
            return real.Change(dueTime, Never);
        }
    }

    /// <summary>Forward: what falls due fires now. Backward: the remaining time stays the same.</summary>
    public void Moved(TimeSpan by)
    {
        lock (gate)
        {
            due = by < TimeSpan.Zero ? due + by : due;
            Wait();
        }
    }

    public void Dispose()
    {
        clock.Forget(this);
        real.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        clock.Forget(this);
        return real.DisposeAsync();
    }

    private void Elapsed()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (due is null || due > now + TimeSpan.FromMilliseconds(1))
            {
                Wait();
                return;
            }

            due = every > TimeSpan.Zero ? now + every : null;
            Wait();
        }

        callback(state);
    }

    private void Wait()
    {
        if (due is { } next)
        {
            var left = next - clock.GetUtcNow();
            real.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Never);
        }
    }
}
