using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IntegrationKit.Hosting;

/// <summary>
/// Asks the application to stop instead of stopping its host: <c>Program.cs</c> is still waiting in <c>Run()</c> and stops it
/// itself, so the factory's own stop would reach every hosted service a second time.
/// </summary>
internal sealed class StopOnceHost(IHost inner, TimeSpan timeout) : IHost, IAsyncDisposable
{
    private int stopping;

    public IServiceProvider Services => inner.Services;

    /// <summary>True when the entry point built the host and runs it; older programs only offer a host builder.</summary>
    private bool RunsItself => inner.GetType().Name == "DeferredHost";

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref stopping, 1) != 0)
        {
            return;
        }

        if (!RunsItself)
        {
            await inner.StopAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        var lifetime = Services.GetRequiredService<IHostApplicationLifetime>();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStopped.Register(stopped.SetResult).ConfigureAwait(false);
        lifetime.StopApplication();
        await stopped.Task.WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => inner.Dispose();

    public ValueTask DisposeAsync()
    {
        if (inner is IAsyncDisposable disposable)
        {
            return disposable.DisposeAsync();
        }

        inner.Dispose();
        return ValueTask.CompletedTask;
    }
}
