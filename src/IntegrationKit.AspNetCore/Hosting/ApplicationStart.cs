using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Recording;

namespace IntegrationKit.Hosting;

/// <summary>
/// Starts and stops the hosts of one application. Builds are serialised over the process (they are CPU-bound and share
/// static state) and run outside of every execution context, so that hosted services belong to no test.
/// </summary>
internal sealed class ApplicationStart(string name, Type entryPoint, ApplicationOptions options) : IAsyncDisposable
{
    private static readonly SemaphoreSlim Builds = new(1, 1);

    private readonly ConcurrentDictionary<LaneHost, bool> running = new();
    private readonly string version = entryPoint.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
    private ApplicationStartException? failure;
    private int started;

    /// <summary>Facts for the report that are known at the end.</summary>
    public IReadOnlyDictionary<string, string>? Details { get; set; }

    private string ServerName => options.OnKestrel ? "Kestrel" : "TestServer";

    public void Declare(string point, string fixture)
    {
        Recorder.Observe(new PointDeclared
        {
            Id = point,
            Kind = PointKind.Application,
            Name = name,
            System = "http",
            Direction = "inbound",
            Provider = "in_process",
            DeclaredBy = fixture,
        });
        Report("starting", null, null);
    }

    public async Task<LaneHost> RunAsync(HostPlan plan, Func<HostPlan, ILaneFactory> createFactory, CancellationToken cancellationToken)
    {
        await Builds.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (failure is not null)
            {
                throw new ApplicationStartException(
                    $"'{name}' is not available: it failed to start for an earlier test ({failure.Reason}). The first failure has the details.");
            }

            return await StartAsync(plan, createFactory(plan)).ConfigureAwait(false);
        }
        finally
        {
            Builds.Release();
        }
    }

    public async Task StopAsync(LaneHost host)
    {
        if (!running.TryRemove(host, out _))
        {
            return;
        }

        try
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Recorder.Observe(new IssueObserved
            {
                Rule = "IK2008",
                Level = "warning",
                Category = "environment",
                Origin = Origin.Kit,
                Title = $"'{name}' did not stop",
                Point = $"application:{name}",
                Message = exception.Message,
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(running.Keys.Select(StopAsync)).ConfigureAwait(false);
        if (started > 0)
        {
            Report("stopped", null, null);
        }
    }

    private async Task<LaneHost> StartAsync(HostPlan plan, ILaneFactory factory)
    {
        var begun = Stopwatch.GetTimestamp();
        var building = Detached.RunAsync(() =>
        {
            factory.Start();
            return Task.CompletedTask;
        });
        try
        {
            await building.WaitAsync(options.StartTimeout).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            var failed = ApplicationStartException.From(name, exception, building.IsCompleted ? null : options.StartTimeout, plan.Logs.Tail());
            failure = started == 0 ? failed : null;
            Report("failed", null, failed.Message);
            throw failed;
        }

        var host = new LaneHost(plan, factory);
        running[host] = true;
        if (options.OnKestrel)
        {
            KnownHosts.Register(host.BaseAddress.Host, host.BaseAddress.Port, KnownHosts.Kit);
        }

        if (started++ == 0)
        {
            Report("ready", (long)Stopwatch.GetElapsedTime(begun).TotalMicroseconds, null);
        }

        return host;
    }

    private void Report(string state, long? startUs, string? error) => Recorder.Observe(new ResourceReported
    {
        Resource = $"host:{name}",
        Kind = "application",
        Name = name,
        Version = version,
        Provider = ServerName,
        Reason = options.OnKestrel ? "UseKestrel() was called" : "default: in memory, no port",
        Endpoint = options.OnKestrel ? "http://127.0.0.1 (one free port per lane)" : null,
        State = state,
        StartUs = startUs,
        Error = error,
        Details = Details,
    });
}
