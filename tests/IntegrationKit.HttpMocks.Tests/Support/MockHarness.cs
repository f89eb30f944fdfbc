using IntegrationKit.Resources;
using IntegrationKit.Scoping;

namespace IntegrationKit.HttpMocks.Tests.Support;

/// <summary>Plays the fixture: starts a mock and begins and ends tests on it by hand.</summary>
public sealed class MockHarness : IAsyncDisposable
{
    private static int lastTest;
    private readonly AsyncLocal<Lane?> ambient = new();
    private Lane? last;
    private int lanes;

    private MockHarness(HttpMock mock) => Mock = mock;

    public HttpMock Mock { get; }

    public static async Task<MockHarness> StartAsync(Action<HttpMockOptions>? configure = null, string? directory = null)
    {
        var harness = new MockHarness(new HttpMock("payments", configure));
        var context = new FixtureContext("Harness", directory ?? AppContext.BaseDirectory, null);
        await harness.Mock.StartAsync(context, TestContext.Current.CancellationToken);
        harness.Mock.LaneResolver = () => harness.ambient.Value ?? harness.last!;
        return harness;
    }

    /// <summary>Begins a test on a lane of its own; the mock's members are about the test begun last, unless another is entered.</summary>
    internal async Task<PlayedTest> BeginAsync(Lane? reuse = null)
    {
        var own = reuse ?? new Lane(Interlocked.Increment(ref lanes) - 1);
        var number = Interlocked.Increment(ref lastTest);
        var test = new TestScope($"t{number}@1", $"test {number}");
        TestScopes.Add(test);
        await Mock.PrepareAsync(own, test, TestContext.Current.CancellationToken);
        last = own;
        return new PlayedTest(this, own, test);
    }

    internal void Enter(PlayedTest played)
    {
        ambient.Value = played.Lane;
        TestScope.Current = played.Test;
    }

    public ValueTask DisposeAsync() => Mock.DisposeAsync();
}

internal sealed record PlayedTest(MockHarness Harness, Lane Lane, TestScope Test)
{
    /// <summary>From here on the calling flow is the test. Not async: the ambient test has to stay set for the caller.</summary>
    public PlayedTest Enter()
    {
        Harness.Enter(this);
        return this;
    }

    /// <summary>A client that says whose it is, as the application's calls do.</summary>
    public HttpClient Client()
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Add("baggage", $"other=1, ik-test = {Test.BaggageId}");
        return client;
    }

    /// <summary>A client that does not say whose it is, as background work.</summary>
    public HttpClient Anonymous() => new(new SocketsHttpHandler { ActivityHeadersPropagator = null, PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
    {
        BaseAddress = ((IntegrationKit.Serving.LaneMock)Lane.State[Harness.Mock]).Listener!.Address,
    };

    public async Task VerifyAsync() => await Harness.Mock.VerifyAsync(Lane, Test, TestContext.Current.CancellationToken);

    public async Task EndAsync()
    {
        Test.HasEnded = true;
        await Harness.Mock.ReleaseAsync(Lane, Test);
    }
}
