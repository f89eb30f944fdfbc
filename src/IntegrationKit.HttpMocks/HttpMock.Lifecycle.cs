using IntegrationKit.Contracts;
using IntegrationKit.Journal;
using IntegrationKit.Mappings;
using IntegrationKit.Observations;
using IntegrationKit.Recordings;
using IntegrationKit.Requests;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;
using IntegrationKit.Serving;
using IntegrationKit.Tls;
using IntegrationKit.Verification;

namespace IntegrationKit;

/// <content>What the fixture calls.</content>
public sealed partial class HttpMock
{
    internal override async Task StartAsync(FixtureContext context, CancellationToken cancellationToken)
    {
        TracePropagation.Enable();
        certificate = options.SpeaksTls ? MockCertificate.Create(options.HostNames, TimeProvider.System) : null;
        var folders = MappingFolder.FindAll(context, options, Name);
        engine = new MockEngine(new MockEngineOptions
        {
            Journal = new JournalLimits(options.JournalEntries, options.JournalBodyBytes),
            BodyLimit = options.BodyLimit,
            Folder = folders.FirstOrDefault(),
            FilesDirectory = folders.Select(folder => folder.Files).FirstOrDefault(files => files is not null),
        });
        foreach (var mapping in folders.SelectMany(folder => folder.Read()))
        {
            engine.Shared.Stubs.Add(mapping);
        }

        foreach (var declare in options.SharedStubs)
        {
            declare(new MockRoutes((method, path) => new MockStub(method, path, engine.Shared.Sink)));
        }

        contract = options.ContractFile is { } file
            ? new ContractCheck(ProviderContract.Read(context.FindPath(file) ?? throw new FileNotFoundException($"Mock '{Name}': the contract '{file}' was not found.", file)))
            : null;
        observer.Drifted(contract, [.. engine.Shared.Stubs.All.Select(stub => stub.Mapping)], [], null);
        engine.Webhooks.Failed = observer.WebhookFailed;
        engine.Refused = observer.Refused;
        engine.Recording = UpstreamRecording.From(options.Recording, context, options.MappingFolders);
        engine.Observer = observer.Served;
        var took = await ListenAsync(cancellationToken).ConfigureAwait(false);
        Announce(shared!);
        DeclarePoint(context, PointKind.Http, "http", "mock");
        observer.Started(shared!.Url, took, engine.Shared.Stubs.All.Count);
    }

    internal override async Task PrepareAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        if (lane.State.TryGetValue(this, out var present))
        {
            ((LaneMock)present).Current = Engine.Begin(test);
            return;
        }

        var mock = new LaneMock(lane.Index, options.OwnsServer) { Current = Engine.Begin(test) };
        mock.Listener = await MockListener.StartAsync(Engine, mock, new ListenerOptions(Certificate: certificate), cancellationToken).ConfigureAwait(false);
        Announce(mock.Listener);
        lane.State[this] = mock;
        lanes[mock] = 0;
        foreach (var key in options.ConfigurationKeys)
        {
            lane.Settings[key] = mock.Listener.Url;
        }

        foreach (var host in options.HostNames)
        {
            lane.OutgoingHandlers[host] = () => new RedirectingHandler(mock.Listener.Address, certificate);
        }

        if (certificate is not null)
        {
            lane.OutgoingHandlers[mock.Listener.Address.Authority] = () => MockHandlers.Direct(certificate);
        }
    }

    internal override Task VerifyAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        if (lane.State.TryGetValue(this, out var state) && ((LaneMock)state).Current is { } scope)
        {
            var strictness = new Strictness(!options.UnmatchedAllowed, !options.UnusedAllowed);
            var findings = ScopeVerification.Of(scope);
            observer.Ended(test, scope, findings);
            observer.Drifted(contract, [.. scope.Stubs.All.Select(stub => stub.Mapping)], scope.Journal.All, test);
            findings.ThrowIfFailed(Name, strictness);
        }

        return Task.CompletedTask;
    }

    internal override async Task ReleaseAsync(Lane lane, TestScope test)
    {
        if (!lane.State.TryGetValue(this, out var state) || state is not LaneMock { Current: { } scope } mock)
        {
            return;
        }

        mock.Current = null;
        engine?.End(scope);
        if (mock.OwnsPort && lane.State.TryRemove(this, out _))
        {
            await CloseAsync(mock).ConfigureAwait(false);
        }
    }

    internal override async Task DiscardAsync(Lane lane)
    {
        if (lane.State.TryRemove(this, out var state) && state is LaneMock mock)
        {
            if (mock.Current is { } scope)
            {
                engine?.End(scope);
            }

            await CloseAsync(mock).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes.Keys)
        {
            await CloseAsync(lane).ConfigureAwait(false);
        }

        if (Interlocked.Exchange(ref shared, null) is { } listener)
        {
            Retract(listener);
            await listener.DisposeAsync().ConfigureAwait(false);
            observer.Stopped(listener.Url, Engine);
            engine?.Dispose();
            certificate?.Dispose();
        }
    }

    /// <summary>Names outgoing calls after the mock. HttpClient reports a redirected call under its hard-coded host and our port.</summary>
    private void Announce(MockListener listener)
    {
        foreach (var host in HostsOf(listener))
        {
            KnownHosts.Register(host, listener.Address.Port, observer.Point);
        }
    }

    private void Retract(MockListener listener)
    {
        foreach (var host in HostsOf(listener))
        {
            KnownHosts.Remove(host, listener.Address.Port);
        }
    }

    private IEnumerable<string> HostsOf(MockListener listener) => options.HostNames.Select(name => name.Split(':')[0]).Append(listener.Address.Host);

    private async Task CloseAsync(LaneMock lane)
    {
        if (lanes.TryRemove(lane, out _) && lane.Listener is { } listener)
        {
            Retract(listener);
            await listener.DisposeAsync().ConfigureAwait(false);
        }
    }
}
