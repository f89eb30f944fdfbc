using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Shop.IntegrationTests;

/// <summary>WireMock.Net with the Shop's default answers, behind the few words its tests use.</summary>
public sealed class StubServer : IDisposable
{
    private readonly WireMockServer server = WireMockServer.Start();

    public string Url => server.Url!;

    public IEnumerable<StubRequest> Requests => server.LogEntries.Select(entry => new StubRequest(entry.RequestMessage!.Headers!));

    public StubDraft Post(string path) => new(server, path);

    public void Verify(Func<StubRoutes, string> route, Called called) => server.LogEntries
        .Count(entry => entry.RequestMessage!.Path == route(new StubRoutes())).Should().Be(called.Count);

    public void Reset()
    {
        server.Reset();
        Default("/v1/charges", "ch_1");
        Default("/v1/refunds", "re_1");
    }

    public void Dispose() => server.Dispose();

    private void Default(string path, string id) => server.Given(Request.Create().WithPath(path).UsingPost()).AtPriority(10)
        .RespondWith(Response.Create().WithStatusCode(201).WithBodyAsJson(new { id }));
}
