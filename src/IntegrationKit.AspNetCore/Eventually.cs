using System.Diagnostics;

namespace IntegrationKit;

/// <summary>
/// Waits for work in the background: asks again and again until the answer is right or the time is up, and then fails with
/// the last answer. Thread-safe.
/// </summary>
public static class Eventually
{
    /// <summary>How long to wait where nothing is said: 10 seconds.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(10);

    private static TimeSpan Pause => TimeSpan.FromMilliseconds(25);

    /// <summary>Runs the assertions until they pass; when the time is up, the last failure is thrown.</summary>
    /// <example><code>await Eventually.Passes(async () => (await shop.StatusOfAsync(order)).Should().Be("expired"));</code></example>
    public static async Task Passes(Func<Task> assertions, TimeSpan? within = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await assertions().ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException
                && Stopwatch.GetElapsedTime(begun) < (within ?? DefaultTimeout))
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads until the value is as wanted, and returns it.</summary>
    /// <exception cref="TimeoutException">The time is up; the message has the last value.</exception>
    public static async Task<T> Get<T>(
        Func<Task<T>> read, Func<T, bool> until, TimeSpan? within = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(until);
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            var value = await read().ConfigureAwait(false);
            if (until(value))
            {
                return value;
            }

            var waited = Stopwatch.GetElapsedTime(begun);
            if (waited >= (within ?? DefaultTimeout))
            {
                throw new TimeoutException($"Not as wanted after {waited.TotalSeconds:0.#} s; the last value was {value?.ToString() ?? "null"}.");
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
