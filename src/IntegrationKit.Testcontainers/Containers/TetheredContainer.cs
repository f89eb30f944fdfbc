using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationKit.Containers;

/// <summary>A container of Testcontainers with what we add to it: tether, label, loopback ports.</summary>
internal sealed class TetheredContainer<TContainer> : IAsyncDisposable
    where TContainer : IContainer
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly DockerEngine engine;
    private readonly Reach reach;
    private readonly ContainerPlan plan;
    private Tether? tether;
    private string id = "";
    private int disposed;

    private TetheredContainer(
        DockerEngine engine, Reach reach, IAbstractBuilder<object, TContainer, CreateContainerParameters> builder, ContainerPlan plan)
    {
        (this.engine, this.reach, this.plan) = (engine, reach, plan);
        Container = Extended(builder).Build();
        Container.Created += (_, _) => tether = new Tether(engine.Attach(id = Container.Id), plan.Cargo);
    }

    public TContainer Container { get; }

    public string Host => reach.Host;

    public string Image { get; private set; } = "";

    public ImageFacts? Facts { get; private set; }

    /// <summary>Completes when the container has ended.</summary>
    public Task Ended => tether!.Ended;

    public string LastLines => tether?.LastLines ?? "";

    /// <summary>Creates, tethers and starts a container and waits until it is ready.</summary>
    /// <exception cref="ContainerSetupException">It did not get ready; the message holds its last lines.</exception>
    // describe: makes the builder. Called when the engine is known.
    public static async Task<TetheredContainer<TContainer>> StartAsync(
        DockerEngine engine,
        Func<IAbstractBuilder<object, TContainer, CreateContainerParameters>> describe,
        ContainerPlan plan,
        CancellationToken cancellationToken)
    {
        var sweep = Orphans.SweepOnceAsync(engine);
        var found = await Reach.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        using var watch = StartWatch.Begin(engine);
        var tethered = new TetheredContainer<TContainer>(engine, found, describe(), plan);
        try
        {
            await tethered.Container.StartAsync(cancellationToken).ConfigureAwait(false);
            await sweep.ConfigureAwait(false);
            return tethered;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var failure = await tethered.ExplainAsync(exception).ConfigureAwait(false);
            await tethered.DisposeAsync().ConfigureAwait(false);
            throw failure;
        }
        catch
        {
            await tethered.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Has the program stopped and its folder brought out.</summary>
    public Task<byte[]> BringOutAsync(CancellationToken cancellationToken) => tether!.BringOutAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0 || tether is null)
        {
            return;
        }

        // Not by Testcontainers, which knows nothing of a container that ended while it started, and stops where we want to remove.
        await engine.RemoveAsync(id, CancellationToken.None).ConfigureAwait(false);
        tether.Dispose();
    }

    /// <summary>A builder's methods return it in its own type, of which we know only this much.</summary>
    private IAbstractBuilder<object, TContainer, CreateContainerParameters> Extended(IAbstractBuilder<object, TContainer, CreateContainerParameters> builder)
    {
        builder = Same(builder.WithDockerEndpoint(new EngineAccess(engine)));
        builder = Same(builder.WithLogger(NullLogger.Instance));
        builder = Same(builder.WithCleanUp(false));
        builder = Same(builder.WithLabel(OwnerLabel.Key, OwnerLabel.Mine.ToString()));
        return Same(builder.WithCreateParameterModifier(Change));
    }

    private static IAbstractBuilder<object, TContainer, CreateContainerParameters> Same(object builder) =>
        (IAbstractBuilder<object, TContainer, CreateContainerParameters>)builder;

    private void Change(CreateContainerParameters container)
    {
        Image = container.Image;
        Facts = engine.Inspect(container.Image);
        var ownEntrypoint = container.Entrypoint is { Count: > 0 };
        IEnumerable<string> entrypoint = ownEntrypoint ? container.Entrypoint! : Facts.Entrypoint;
        IEnumerable<string> command = container.Cmd is { Count: > 0 } given ? given : ownEntrypoint ? [] : Facts.Command;
        container.Entrypoint = Tether.Around(entrypoint.Concat(command), plan.Cargo);
        container.Cmd = [];
        container.OpenStdin = container.StdinOnce = container.AttachStdin = true;
        container.HostConfig ??= new HostConfig();
        container.HostConfig.AutoRemove = true;
        foreach (var binding in container.HostConfig.PortBindings?.Values.SelectMany(bindings => bindings) ?? [])
        {
            binding.HostIP = reach.Binding;
        }

        plan.Change(container, Facts);
    }

    private async Task<ContainerSetupException> ExplainAsync(Exception exception)
    {
        var image = Image.Length > 0 ? Image : Container.Image.FullName;
        if (tether is null)
        {
            return new ContainerSetupException($"The container of the image '{image}' could not be created: {exception.Message}", exception);
        }

        // A container that ended has said why; what it said may still be on its way.
        var ended = await Task.WhenAny(tether.Ended, Task.Delay(LastWords)).ConfigureAwait(false) == tether.Ended;
        var lines = LastLines.Length > 0 ? $"Its last lines:\n{LastLines}" : "It said nothing.";
        return new ContainerSetupException($"The container of the image '{image}' did not start: {(ended ? "its program ended." : exception.Message)} {lines}", exception);
    }
}
