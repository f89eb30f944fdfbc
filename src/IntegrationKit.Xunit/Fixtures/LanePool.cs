using IntegrationKit.Resources;
using IntegrationKit.Scoping;

namespace IntegrationKit.Fixtures;

/// <summary>
/// The lanes of a fixture. A test gets an idle lane, else one that is about to become idle, else a new one; so there are
/// never more lanes than tests that ran at once.
/// </summary>
internal sealed class LanePool(IReadOnlyList<IntegrationResource> resources)
{
    /// <summary>How long to wait for a test whose body has ended and whose class is still being disposed.</summary>
    private static readonly TimeSpan HandOver = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly Stack<Lane> idle = new();
    private readonly LinkedList<TaskCompletionSource<Lane?>> waiting = new();
    private TaskCompletionSource? drained;
    private int ending;
    private int created;

    public int Created => Volatile.Read(ref created);

    public async Task<Lane> RentAsync(TestScope test, CancellationToken cancellationToken)
    {
        var lane = await TakeAsync(cancellationToken).ConfigureAwait(false);
        using var kit = KitWork.Begin();
        try
        {
            await PrepareAsync(lane, test, cancellationToken).ConfigureAwait(false);
            return lane;
        }
        catch (StaleLaneException)
        {
            await DiscardAsync(lane).ConfigureAwait(false);
            return await RentNewAsync(test, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await DiscardAsync(lane).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Lane> RentNewAsync(TestScope test, CancellationToken cancellationToken)
    {
        Lane lane;
        lock (gate)
        {
            lane = new Lane(created++);
        }

        try
        {
            await PrepareAsync(lane, test, cancellationToken).ConfigureAwait(false);
            return lane;
        }
        catch
        {
            await DiscardAsync(lane).ConfigureAwait(false);
            throw;
        }
    }

    private async Task PrepareAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        foreach (var resource in resources)
        {
            await resource.PrepareAsync(lane, test, cancellationToken).ConfigureAwait(false);
        }

        if (!lane.IsSettled && resources.Count > 1)
        {
            foreach (var resource in resources)
            {
                await resource.SettleAsync(lane, cancellationToken).ConfigureAwait(false);
            }
        }

        lane.IsSettled = true;
    }

    /// <summary>The lane's test body has ended: the lane will be back soon.</summary>
    public void Ending()
    {
        lock (gate)
        {
            ending++;
        }
    }

    public void Return(Lane lane)
    {
        lock (gate)
        {
            Ended();
            while (waiting.First is { } first)
            {
                waiting.RemoveFirst();
                if (first.Value.TrySetResult(lane))
                {
                    return;
                }
            }

            idle.Push(lane);
        }
    }

    /// <summary>
    /// Waits until the lanes of all ended tests are back: the runner tells us that a test has finished on its message bus,
    /// which may lag behind the disposal of the fixtures.
    /// </summary>
    public async Task DrainAsync(TimeSpan deadline)
    {
        Task back;
        lock (gate)
        {
            if (ending == 0)
            {
                return;
            }

            drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            back = drained.Task;
        }

        await Task.WhenAny(back, Task.Delay(deadline)).ConfigureAwait(false);
    }

    /// <summary>The lane is not handed out again.</summary>
    public async Task DiscardAsync(Lane lane, bool wasEnding = false)
    {
        if (wasEnding)
        {
            lock (gate)
            {
                Ended();
                if (waiting.First is { } first)
                {
                    waiting.RemoveFirst();
                    first.Value.TrySetResult(null);
                }
            }
        }

        foreach (var resource in resources.Reverse())
        {
            await resource.DiscardAsync(lane).ConfigureAwait(false);
        }
    }

    private void Ended()
    {
        if (--ending == 0)
        {
            drained?.TrySetResult();
            drained = null;
        }
    }

    private async Task<Lane> TakeAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<Lane?> promise;
        lock (gate)
        {
            if (idle.TryPop(out var free))
            {
                return free;
            }

            if (ending <= waiting.Count)
            {
                return new Lane(created++);
            }

            promise = new TaskCompletionSource<Lane?>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.AddLast(promise);
        }

        using var timer = new CancellationTokenSource(HandOver);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        await using var registration = linked.Token.Register(() => promise.TrySetResult(null)).ConfigureAwait(false);
        var handedOver = await promise.Task.ConfigureAwait(false);
        if (handedOver is not null)
        {
            return handedOver;
        }

        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            waiting.Remove(promise);
            return idle.TryPop(out var free) ? free : new Lane(created++);
        }
    }
}
