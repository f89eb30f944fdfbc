using System.Reflection;
using WireMock.Matchers;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using Xunit.v3;

namespace Shop.IntegrationTests;

/// <summary>WireMock.Net behind the few words the Shop tests use.</summary>
public sealed class StubServer
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

    private void Default(string path, string id) => server.Given(Request.Create().WithPath(path).UsingPost()).AtPriority(10)
        .RespondWith(Response.Create().WithStatusCode(201).WithBodyAsJson(new { id }));
}

public sealed class StubRoutes
{
    public string Post(string path) => path;
}

public sealed record StubRequest(IDictionary<string, WireMock.Types.WireMockList<string>> Headers)
{
    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? values[0] : null;
}

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

    public StubDraft ReplyFault(MockFault fault) => Add(Response.Create().WithFault(FaultType.EMPTY_RESPONSE));

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

public enum MockFault
{
    ConnectionResetByPeer,
}

public enum TokenFault
{
    None,
    Expired,
    NotYetValid,
    WrongAudience,
    WrongIssuer,
    WrongKey,
    Tampered,
}

public sealed record Called(int Count)
{
    public static Called Never { get; } = new(0);

    public static Called Once { get; } = new(1);

    public static Called Times(int count) => new(count);
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class WorkflowAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ResetBeforeEachTestAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Task.Run(() => ShopFixture.Instance!.ResetAsync()).GetAwaiter().GetResult();
}
