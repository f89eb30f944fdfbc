using System.Collections.Concurrent;
using System.Diagnostics;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using IntegrationKit.Containers;
using IntegrationKit.Databases;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;

namespace IntegrationKit;

/// <summary>
/// A container of any Testcontainers module as a part of the system under test. Its ports are on loopback, it is removed with
/// the test process, however that ends, and the application finds its address in its configuration.
/// </summary>
/// <remarks>
/// Thread-safe. Needs <c>/bin/sh</c> in the image. One container serves all tests unless
/// <see cref="ContainerOptions{TContainer}.CleanBetweenTests"/> says how to clean one per lane.
/// </remarks>
/// <typeparam name="TContainer">The container's type in Testcontainers.</typeparam>
/// <example>
/// <code>
/// Cache = Use(new ContainerResource&lt;RedisContainer&gt;("cache", () => new RedisBuilder("redis:7"),
///     o => o.Setting("Redis:Configuration", redis => redis.GetConnectionString())));
/// </code>
/// </example>
public sealed class ContainerResource<TContainer> : IntegrationResource
    where TContainer : IContainer
{
    private readonly Func<IAbstractBuilder<object, TContainer, CreateContainerParameters>> describe;
    private readonly ContainerOptions<TContainer> options = new();
    private readonly ConcurrentDictionary<TetheredContainer<TContainer>, byte> started = new();
    private readonly ContainerReport report;
    private TetheredContainer<TContainer>? spare;
    private DockerEngine? engine;
    private string? unavailable;

    /// <summary>Declares the container.</summary>
    /// <param name="name">Its name in the report.</param>
    /// <param name="describe">Makes the builder; called once per container, when it starts.</param>
    /// <param name="configure">Options, or null for none.</param>
    public ContainerResource(
        string name, Func<IAbstractBuilder<object, TContainer, CreateContainerParameters>> describe, Action<ContainerOptions<TContainer>>? configure = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(describe);
        this.describe = describe;
        configure?.Invoke(options);
        report = new ContainerReport(name);
    }

    /// <summary>The running container of the calling test.</summary>
    /// <exception cref="InvalidOperationException">No test is running.</exception>
    public TContainer Container => ((TetheredContainer<TContainer>)CurrentLane.State[this]).Container;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        foreach (var container in started.Keys)
        {
            await DropAsync(container).ConfigureAwait(false);
        }
    }

    internal override async Task StartAsync(FixtureContext context, CancellationToken cancellationToken)
    {
        var search = await DockerSearch.OnceAsync().ConfigureAwait(false);
        engine = search.Engine;
        report.Declared(context);
        if (engine is null)
        {
            var message = $"The container '{Name}' cannot be started: {search.Reason}. Start Docker, or set {DockerSearch.Variable} to an engine's address.";
            report.Failed(message);
            unavailable = options.Policy == WhenUnavailable.Skip ? message : throw new ContainerSetupException(message);
            return;
        }

        spare = await NewAsync(search.Reason, cancellationToken).ConfigureAwait(false);
    }

    internal override async Task PrepareAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        if (unavailable is not null)
        {
            throw new TestSkippedException(unavailable);
        }

        if (lane.State.TryGetValue(this, out var present))
        {
            await CleanAsync((TetheredContainer<TContainer>)present, cancellationToken).ConfigureAwait(false);
            return;
        }

        var container = options.Clean is null
            ? spare!
            : Interlocked.Exchange(ref spare, null) ?? await NewAsync(null, cancellationToken).ConfigureAwait(false);
        lane.State[this] = container;
        foreach (var (key, value) in options.Settings)
        {
            lane.Settings[key] = value(container.Container);
        }
    }

    internal override async Task DiscardAsync(Lane lane)
    {
        if (options.Clean is not null && lane.State.TryRemove(this, out var present))
        {
            await DropAsync((TetheredContainer<TContainer>)present).ConfigureAwait(false);
        }
    }

    private async Task CleanAsync(TetheredContainer<TContainer> container, CancellationToken cancellationToken)
    {
        if (container.Ended.IsCompleted)
        {
            throw new ContainerSetupException($"The container '{Name}' has ended during the run. Its last lines:\n{container.LastLines}");
        }

        if (options.Clean is { } clean)
        {
            await clean(container.Container, cancellationToken).ConfigureAwait(false);
        }
    }

    // reason: why this engine was taken, for the first container; null for further ones of the same kind.
    private async Task<TetheredContainer<TContainer>> NewAsync(string? reason, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            var container = await TetheredContainer<TContainer>.StartAsync(engine!, describe, ContainerPlan.Plain, cancellationToken).ConfigureAwait(false);
            started[container] = 0;
            if (reason is not null)
            {
                report.Ready(container, reason, Stopwatch.GetElapsedTime(begun));
            }

            return container;
        }
        catch (ContainerSetupException exception)
        {
            report.Failed(exception.Message);
            throw;
        }
    }

    private async Task DropAsync(TetheredContainer<TContainer> container)
    {
        started.TryRemove(container, out _);
        try
        {
            await container.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The tether removes it with the process.
        }
    }
}
