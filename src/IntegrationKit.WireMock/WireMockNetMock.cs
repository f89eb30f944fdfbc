using System.Diagnostics;
using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;
using WireMock.Server;

namespace IntegrationKit;

/// <summary>
/// A mock whose engine is WireMock.Net, for teams with stubs in its C# API: <c>shop.Payments.Server.Given(…).RespondWith(…)</c>.
/// Every lane has its own server, reset between tests; at the end of a test, unmatched requests and unused mappings fail it.
/// </summary>
/// <remarks>
/// WireMock.Net cannot tell the requests of two tests on one server apart, so nothing is shared: stubs for all tests have to
/// be declared by each of them, and background work of an application counts as the test's. WireMock's JSON format, record
/// and replay, contracts and near-miss differences need <see cref="HttpMock"/>.
/// </remarks>
public sealed class WireMockNetMock : IntegrationResource
{
    private readonly WireMockNetOptions options = new();
    private readonly WireMockNetReport report;
    private readonly List<WireMockServer> servers = [];
    private readonly Lock gate = new();

    /// <param name="name">Name of the integration point in the report.</param>
    /// <param name="configure">Options, or null for none.</param>
    public WireMockNetMock(string name, Action<WireMockNetOptions>? configure = null)
        : base(name)
    {
        configure?.Invoke(options);
        report = new WireMockNetReport(name);
    }

    /// <summary>The running test's WireMock.Net server; everything it offers can be used.</summary>
    public WireMockServer Server => (WireMockServer)CurrentLane.State[this];

    /// <summary>Where the running test's server listens, without a slash at the end.</summary>
    public string Url => Server.Url!;

    /// <summary>Always refused: a WireMock.Net server has no scopes.</summary>
    /// <exception cref="NotSupportedException">Always; the message says what to do instead.</exception>
    public WireMockServer Shared => throw new NotSupportedException(
        $"'{Name}' runs on WireMock.Net, which cannot keep the requests of parallel tests on one server apart. Declare stubs in the test "
        + "with Server.Given(...), or use HttpMock, whose stubs from a mappings folder all tests share.");

    internal override Task StartAsync(FixtureContext context, CancellationToken cancellationToken)
    {
        DeclarePoint(context, PointKind.Http, "http", "mock");
        return Task.CompletedTask;
    }

    internal override Task PrepareAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        if (lane.State.TryGetValue(this, out var present))
        {
            ((WireMockServer)present).Reset();
            return Task.CompletedTask;
        }

        var begun = Stopwatch.GetTimestamp();
        var server = WireMockServer.Start();
        lock (gate)
        {
            servers.Add(server);
        }

        lane.State[this] = server;
        KnownHosts.Register("127.0.0.1", server.Port, report.Point);
        foreach (var key in options.ConfigurationKeys)
        {
            lane.Settings[key] = server.Url!;
        }

        report.Listening(server.Url!, Stopwatch.GetElapsedTime(begun));
        return Task.CompletedTask;
    }

    internal override Task VerifyAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        if (lane.State.TryGetValue(this, out var state) && state is WireMockServer server)
        {
            var findings = WireMockNetFindings.Of(server);
            report.Ended(server, findings, test, lane.Index);
            findings.ThrowIfFailed(Name, !options.UnmatchedAllowed, !options.UnusedAllowed);
        }

        return Task.CompletedTask;
    }

    internal override Task DiscardAsync(Lane lane)
    {
        if (lane.State.TryRemove(this, out var state) && state is WireMockServer server)
        {
            Stop(server);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync()
    {
        WireMockServer[] running;
        lock (gate)
        {
            running = [.. servers];
        }

        foreach (var server in running)
        {
            Stop(server);
        }

        return ValueTask.CompletedTask;
    }

    private void Stop(WireMockServer server)
    {
        lock (gate)
        {
            if (!servers.Remove(server))
            {
                return;
            }
        }

        KnownHosts.Remove("127.0.0.1", server.Port);
        server.Stop();
        server.Dispose();
    }
}
