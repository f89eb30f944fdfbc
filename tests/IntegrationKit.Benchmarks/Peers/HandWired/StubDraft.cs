using WireMock.Matchers;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Shop.IntegrationTests;

public sealed class StubRoutes
{
    public string Post(string path) => path;
}

public sealed record StubRequest(IDictionary<string, WireMock.Types.WireMockList<string>> Headers)
{
    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? values[0] : null;
}

/// <summary>Says in WireMock.Net's words what the shared tests say in IntegrationKit's. No set-up.</summary>
public sealed class StubDraft(WireMockServer server, string path)
{
    private readonly string scenario = Guid.NewGuid().ToString();
    private readonly IRequestBuilder request = Request.Create().WithPath(path).UsingPost();
    private int replies;
    private IResponseBuilder? last;

    public StubDraft WithJson(object body)
    {
        request.WithBody(new JsonPartialMatcher(body));
        return this;
    }

    public StubDraft Reply(int status, object? json = null)
    {
        last = Response.Create().WithStatusCode(status);
        return Add(json is null ? last : last.WithBodyAsJson(json));
    }

    public StubDraft After(TimeSpan delay)
    {
        last!.WithDelay(delay);
        return this;
    }

    public StubDraft ReplyFault(MockFault fault) => Add(fault == MockFault.NoReply
        ? Response.Create().WithDelay(TimeSpan.FromSeconds(5)) // WireMock.Net has no fault of that kind
        : Response.Create().WithFault(FaultType.EMPTY_RESPONSE));

    private StubDraft Add(IResponseBuilder response)
    {
        last = response;
        var given = server.Given(request).AtPriority(1).InScenario(scenario);
        if (replies > 0)
        {
            given = given.WhenStateIs($"after {replies}");
        }

        replies++;
        given.WillSetStateTo($"after {replies}").RespondWith(response);
        server.Given(request).AtPriority(2).InScenario(scenario).WhenStateIs($"after {replies}").RespondWith(response);
        return this;
    }
}
