using System.Collections.Concurrent;
using IntegrationKit.Recording;

namespace IntegrationKit.Servers;

/// <summary>
/// The servers of this process: one per request, shared by all fixtures, kept until the run ends. Stopping earlier would
/// make every class fixture pay for a start; a watchdog (local) or tether (container) covers processes that die.
/// </summary>
internal static class SharedServers
{
    private static readonly ConcurrentDictionary<ServerRequest, Lazy<Task<PostgresServer>>> Servers = new();

    static SharedServers()
    {
        AfterRun.Register(StopAllAsync);
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => StopAll();
    }

    /// <summary>The running server of the request. A failed start is remembered: every fixture gets the same error at once.</summary>
    public static Task<PostgresServer> GetAsync(ServerRequest request, ServerNeeds needs) =>
        Servers.GetOrAdd(
            request,
            static (key, first) => new Lazy<Task<PostgresServer>>(() => Task.Run(() => ServerChoice.StartAsync(key, first, CancellationToken.None))),
            needs).Value;

    /// <summary>Replaces a server that died under the tests, once per death, so that the tests still to come get a new one.</summary>
    public static async Task<PostgresServer> ReplaceAsync(ServerRequest request, PostgresServer dead, ServerNeeds needs)
    {
        if (Servers.TryGetValue(request, out var current) && current.IsValueCreated && current.Value.IsCompletedSuccessfully
            && ReferenceEquals(await current.Value.ConfigureAwait(false), dead)
            && Servers.TryRemove(new KeyValuePair<ServerRequest, Lazy<Task<PostgresServer>>>(request, current)))
        {
            await dead.DisposeAsync().ConfigureAwait(false);
        }

        return await GetAsync(request, needs).ConfigureAwait(false);
    }

    /// <summary>Stops every server of this process; the next request starts a new one.</summary>
    public static async Task StopAllAsync()
    {
        foreach (var request in Servers.Keys)
        {
            if (Servers.TryRemove(request, out var server) && server.IsValueCreated && server.Value.IsCompletedSuccessfully)
            {
                var started = await server.Value.ConfigureAwait(false);
                await started.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static void StopAll()
    {
        try
        {
            // The process waits for its exit handlers. A stop takes milliseconds; only new templates, kept for the next run, more.
            Task.Run(StopAllAsync).Wait(TimeSpan.FromSeconds(10));
        }
        catch (AggregateException)
        {
            // The watchdog finishes what could not be stopped here.
        }
    }
}
