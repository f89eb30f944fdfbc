namespace IntegrationKit.Clocks;

/// <summary>The system clock plus an offset that can be changed while timers run. Thread-safe.</summary>
internal sealed class MovableClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly HashSet<MovableTimer> timers = [];
    private TimeSpan offset;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(Offset.TotalSeconds * TimestampFrequency);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MovableTimer(this, callback, state);
        lock (gate)
        {
            timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    public void Move(TimeSpan by)
    {
        List<MovableTimer> running;
        lock (gate)
        {
            offset += by;
            running = [.. timers];
        }

        running.ForEach(timer => timer.Moved(by));
    }

    public void Reset() => Move(-Offset);

    public void Forget(MovableTimer timer)
    {
        lock (gate)
        {
            timers.Remove(timer);
        }
    }

    private TimeSpan Offset
    {
        get
        {
            lock (gate)
            {
                return offset;
            }
        }
    }
}
