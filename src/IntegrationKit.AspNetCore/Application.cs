using System.Globalization;
using IntegrationKit.Contracts;
using IntegrationKit.Hosting;
using IntegrationKit.Observing;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;
using Microsoft.AspNetCore.Mvc.Testing;
using Xunit;

namespace IntegrationKit;

/// <summary>
/// An application under test: one host per test that runs at the same time, kept from test to test. Everything here
/// answers for the calling test. Thread-safe.
/// </summary>
public sealed class Application : IntegrationResource
{
    private readonly Func<HostPlan, ILaneFactory> createFactory;
    private readonly ApplicationOptions options;
    private readonly ApplicationStart start;
    private readonly EndpointInventory inventory;
    private readonly QueryParameters queries = new();
    private ResponseContract? contract;
    private FixtureContext? context;

    private Application(string name, Type entryPoint, ApplicationOptions options, Func<HostPlan, ILaneFactory> createFactory)
        : base(name)
    {
        this.options = options;
        this.createFactory = createFactory;
        Point = $"application:{name}";
        start = new ApplicationStart(name, entryPoint, options);
        inventory = new EndpointInventory(Point, queries);
    }

    /// <summary>The test's client to the application; the same one for the whole test. Disposed with the test.</summary>
    public HttpClient Client => Current.Client;

    /// <summary>The services of the application that serves this test.</summary>
    public IServiceProvider Services => Current.Services;

    /// <summary>Where the application listens: a loopback port, or <c>http://localhost/</c> on the in-memory server.</summary>
    public Uri BaseAddress => Current.BaseAddress;

    internal string Point { get; }

    private LaneHost Current => LaneHost.In(CurrentLane, this);

    /// <summary>A further client of the test. Disposed with the test.</summary>
    public HttpClient CreateClient(WebApplicationFactoryClientOptions? clientOptions = null) => Current.CreateClient(clientOptions);

    internal static Application Of<TEntryPoint>(string name, ApplicationOptions options)
        where TEntryPoint : class =>
        new(name, typeof(TEntryPoint), options, plan => new LaneFactory<TEntryPoint>(plan));

    /// <inheritdoc/>
    internal override Task StartAsync(FixtureContext fixture, CancellationToken cancellationToken)
    {
        context = fixture;
        contract = options is { ChecksContract: true, IsWeb: true } ? new ResponseContract(Point) : null;
        ActivityObserver.Start();
        start.Declare(Point, fixture.FixtureType ?? fixture.FixtureName);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    internal override async Task PrepareAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        if (lane.State.TryGetValue(this, out var known))
        {
            var host = (LaneHost)known;
            if (host.Fits(lane))
            {
                host.Begin(test);
                return;
            }

            lane.State.TryRemove(this, out _);
            await host.DisposeAsync().ConfigureAwait(false);
        }

        var plan = new HostPlan(Name, Point, options, lane) { Contract = contract, Queries = queries };
        var started = await start.RunAsync(plan, createFactory, cancellationToken).ConfigureAwait(false);
        inventory.Declare(started.Services);
        contract?.Start(token => LoadAsync(started.Services, token));
        lane.State[this] = started;
        started.Begin(test);
    }

    /// <inheritdoc/>
    internal override Task VerifyAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        if (lane.State.TryGetValue(this, out var host) && ((LaneHost)host).TakeLog(test) is { Length: > 0 } log
            && TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"--- log of {Name} ---\n{log}");
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    internal override Task ReleaseAsync(Lane lane, TestScope test)
    {
        if (lane.State.TryGetValue(this, out var host))
        {
            ((LaneHost)host).End();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    internal override async Task DiscardAsync(Lane lane)
    {
        if (lane.State.TryRemove(this, out var host))
        {
            await start.StopAsync((LaneHost)host).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (contract is not null)
        {
            await contract.DisposeAsync().ConfigureAwait(false);
            start.Details = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["answers checked"] = contract.Checked.ToString(CultureInfo.InvariantCulture),
                ["checking took"] = string.Create(CultureInfo.InvariantCulture, $"{contract.Spent.TotalMilliseconds:0.0} ms"),
            };
        }

        await start.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<ContractDocument>> LoadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var documents = await OpenApiSource.From(services, options.ContractFile, context!)(cancellationToken).ConfigureAwait(false);
        if (options.BaselineFile is { } baseline)
        {
            var own = options.ContractFile is null ? documents : await OpenApiSource.From(services, null, context!)(cancellationToken).ConfigureAwait(false);
            await new ContractBaseline(Point, baseline, context!).CompareAsync(own, cancellationToken).ConfigureAwait(false);
        }

        return documents;
    }
}
