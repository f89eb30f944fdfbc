namespace IntegrationKit.HttpMocks.Tests.Support;

/// <summary>Each test has a mock of its own, begun, and a client that says whose it is.</summary>
public abstract class MockTest : IAsyncLifetime
{
    protected MockHarness Harness { get; private set; } = null!;

    protected HttpClient Client { get; private set; } = null!;

    protected HttpMock Mock => Harness.Mock;

    public async ValueTask InitializeAsync()
    {
        Harness = await MockHarness.StartAsync();
        Client = (await Harness.BeginAsync()).Client();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Harness.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
