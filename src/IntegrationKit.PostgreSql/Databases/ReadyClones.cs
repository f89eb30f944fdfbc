using System.Collections.Concurrent;
using Npgsql;

namespace IntegrationKit.Databases;

/// <summary>Clones made ahead, while tests run, so that a test that wants a fresh one gets it by a rename. Thread-safe.</summary>
internal sealed class ReadyClones(Func<string, CancellationToken, Task<string>> make) : IAsyncDisposable
{
    /// <summary>Each takes memory; more than lanes that ask at once are of no use.</summary>
    private const int Limit = 8;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<Task<string?>>> queues = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Begins to make one more clone of the template.</summary>
    public void Add(string template)
    {
        var queue = queues.GetOrAdd(template, static _ => new ConcurrentQueue<Task<string?>>());
        if (queue.Count < Limit && !stopping.IsCancellationRequested)
        {
            queue.Enqueue(Task.Run(() => MakeAsync(template)));
        }
    }

    /// <summary>A clone that is ready or being made, or null.</summary>
    public async Task<string?> TakeAsync(string template) =>
        queues.TryGetValue(template, out var queue) && queue.TryDequeue(out var clone) ? await clone.ConfigureAwait(false) : null;

    /// <summary>Waits for what is being made; the server or the owner of this removes the databases.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(queues.Values.SelectMany(queue => queue)).ConfigureAwait(false);
        stopping.Dispose();
    }

    /// <summary>Names of the clones that nobody took. Call after <see cref="DisposeAsync"/>.</summary>
    public async Task<IReadOnlyList<string>> LeftAsync() =>
        [.. (await Task.WhenAll(queues.Values.SelectMany(queue => queue)).ConfigureAwait(false)).OfType<string>()];

    private async Task<string?> MakeAsync(string template)
    {
        try
        {
            return await make(template, stopping.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException or InvalidOperationException or DatabaseSetupException)
        {
            // Whoever wants it makes one then, and gets the error.
            return null;
        }
    }
}
