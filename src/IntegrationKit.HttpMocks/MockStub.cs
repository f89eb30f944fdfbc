using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationKit.Fluent;

namespace IntegrationKit;

/// <summary>
/// A request pattern and its replies. It answers from the first <c>Reply</c> on; several replies answer in sequence and the
/// last one repeats. It belongs to the test that declared it. Not thread-safe while it is being declared.
/// </summary>
/// <example><code>shop.Payments.Post("/v1/charges").WithJson(new { amount = 500 }).Reply(503).Reply(201, new { id = "c1" });</code></example>
public sealed class MockStub
{
    private static readonly TimeSpan Forever = TimeSpan.FromDays(1);

    private readonly IStubSink sink;
    private TimeSpan? delayOfFirst;

    internal MockStub(string method, string path, IStubSink sink)
    {
        Draft = new StubDraft(method, path);
        this.sink = sink;
        sink.Started(this);
    }

    internal StubDraft Draft { get; }

    /// <summary>Only requests with this query parameter. The value is compared decoded and in exact case.</summary>
    public MockStub WithQuery(string name, string value) => Match("queryParameters", name, "equalTo", value);

    /// <summary>Only requests with this header; the name in any case, the value exactly.</summary>
    public MockStub WithHeader(string name, string value) => Match("headers", name, "equalTo", value);

    /// <summary>Only requests without this header.</summary>
    public MockStub WithoutHeader(string name)
    {
        Draft.Match("headers", name, new JsonObject { ["absent"] = true });
        return this;
    }

    /// <summary>Only requests with this HTTP basic authentication.</summary>
    public MockStub WithBasicAuth(string user, string password) =>
        WithHeader("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>Only requests whose JSON body has these values. Property names are written in camel case.</summary>
    /// <param name="body">An object to serialise (an anonymous one will do), a <see cref="JsonNode"/>, or JSON in a string.</param>
    /// <param name="ignoreExtra">True (the default) accepts further fields and elements; false wants exactly this body.</param>
    /// <param name="ignoreArrayOrder">True accepts the elements of arrays in any order. Default false.</param>
    public MockStub WithJson(object body, bool ignoreExtra = true, bool ignoreArrayOrder = false)
    {
        var matcher = new JsonObject { ["equalToJson"] = Node(body) };
        if (ignoreExtra)
        {
            matcher["ignoreExtraElements"] = true;
        }

        if (ignoreArrayOrder)
        {
            matcher["ignoreArrayOrder"] = true;
        }

        Draft.MatchBody(matcher);
        return this;
    }

    /// <summary>Only requests whose body is exactly this text.</summary>
    public MockStub WithBody(string text)
    {
        Draft.MatchBody(new JsonObject { ["equalTo"] = text });
        return this;
    }

    /// <summary>Any matcher of the stub-mapping format on the body, for example <c>{"matchesJsonPath": "$.lines[0]"}</c>.</summary>
    /// <exception cref="MockMappingException">The matcher is unknown or invalid.</exception>
    public MockStub WithBodyMatching(string matcherJson)
    {
        Draft.MatchBody(JsonNode.Parse(matcherJson)!.AsObject());
        _ = Draft.Pattern();
        return this;
    }

    /// <summary>A name for messages and the report.</summary>
    public MockStub Named(string name)
    {
        Draft.Name = name;
        return Changed();
    }

    /// <summary>Asked before stubs with a higher number; default 5. Among equals the newest stub is asked first.</summary>
    public MockStub AtPriority(int priority)
    {
        Draft.Priority = priority;
        return Changed();
    }

    /// <summary>Answers with this status and no body. A further call adds the next reply of a sequence.</summary>
    public MockStub Reply(int status) => Add(new JsonObject { ["status"] = status });

    /// <summary>Answers with this status and JSON body. A further call adds the next reply of a sequence.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="json">An object to serialise in camel case, a <see cref="JsonNode"/>, or JSON in a string.</param>
    public MockStub Reply(int status, object json) => Add(new JsonObject
    {
        ["status"] = status,
        ["jsonBody"] = Node(json),
        ["headers"] = new JsonObject { ["Content-Type"] = "application/json" },
    });

    /// <summary>
    /// Answers with what the code says about the request: a status and, unless it is null, a JSON body (an object to serialise
    /// in camel case, a <see cref="JsonNode"/>, or JSON in a string). What it throws becomes a 500 and an issue. It may run on
    /// several threads at once. The one kind of reply that <see cref="HttpMock.Export"/> cannot write.
    /// </summary>
    /// <example><code>shop.Payments.Post("/v1/charges").Reply(request => (201, new { id = request.Header("Idempotency-Key") }));</code></example>
    public MockStub Reply(Func<CapturedRequest, (int Status, object? Json)> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var response = new JsonObject { ["status"] = 200 };
        Draft.Callbacks[response] = answer;
        return Add(response);
    }

    /// <inheritdoc cref="Reply(int)"/>
    public MockStub Reply(HttpStatusCode status) => Reply((int)status);

    /// <inheritdoc cref="Reply(int, object)"/>
    public MockStub Reply(HttpStatusCode status, object json) => Reply((int)status, json);

    /// <summary>Answers with this status and text.</summary>
    public MockStub ReplyText(int status, string text, string contentType = "text/plain; charset=utf-8") => Add(new JsonObject
    {
        ["status"] = status,
        ["body"] = text,
        ["headers"] = new JsonObject { ["Content-Type"] = contentType },
    });

    /// <summary>Fails below HTTP. Like a reply it takes its place in the sequence.</summary>
    public MockStub ReplyFault(MockFault fault) => Add(fault switch
    {
        MockFault.EmptyResponse => new JsonObject { ["fault"] = "EMPTY_RESPONSE" },
        MockFault.MalformedResponseChunk => new JsonObject { ["fault"] = "MALFORMED_RESPONSE_CHUNK" },
        MockFault.RandomDataThenClose => new JsonObject { ["fault"] = "RANDOM_DATA_THEN_CLOSE" },
        MockFault.ConnectionResetByPeer => new JsonObject { ["fault"] = "CONNECTION_RESET_BY_PEER" },
        _ => new JsonObject { ["fixedDelayMilliseconds"] = (int)Forever.TotalMilliseconds },
    });

    /// <summary>Misbehaves as a <see cref="FaultMatrixAttribute"/> asks.</summary>
    public MockStub Reply(FaultCase fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return fault.ApplyTo(this);
    }

    /// <summary>Adds a header to the last reply.</summary>
    public MockStub ReplyHeader(string name, string value)
    {
        var response = Last(nameof(ReplyHeader));
        if (response["headers"] is not JsonObject headers)
        {
            response["headers"] = headers = [];
        }

        headers[name] = value;
        return Changed();
    }

    /// <summary>Delays the last reply; before the first reply, that one.</summary>
    public MockStub After(TimeSpan delay)
    {
        if (Draft.Responses.Count == 0)
        {
            delayOfFirst = delay;
            return this;
        }

        Draft.Responses[^1]["fixedDelayMilliseconds"] = (int)delay.TotalMilliseconds;
        return Changed();
    }

    /// <summary>Fills in the last reply's body and headers as WireMock response templates (Handlebars).</summary>
    public MockStub AsTemplate()
    {
        Last(nameof(AsTemplate))["transformers"] = new JsonArray("response-template");
        return Changed();
    }

    /// <summary>The test fails unless the stub is called exactly once.</summary>
    public MockStub Once() => Expect(Called.Once);

    /// <summary>The test fails unless the stub is called exactly so often.</summary>
    public MockStub Times(int count) => Expect(Called.Times(count));

    /// <summary>The test fails unless the stub is called so often.</summary>
    public MockStub Expect(Called calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        Draft.Expectation = new JsonObject { ["called"] = calls.ToString() };
        sink.Expects(this, calls);
        return Changed();
    }

    /// <summary>The test does not fail when the stub is not called.</summary>
    public MockStub Optional()
    {
        Draft.Expectation = new JsonObject { ["optional"] = true };
        sink.Expects(this, null);
        return Changed();
    }

    internal static JsonNode Node(object value) => value switch
    {
        JsonNode node => node.DeepClone(),
        JsonElement element => JsonSerializer.SerializeToNode(element)!,
        string json => JsonNode.Parse(json)!,
        _ => JsonSerializer.SerializeToNode(value, JsonSerializerOptions.Web)!,
    };

    private MockStub Match(string section, string name, string keyword, string value)
    {
        Draft.Match(section, name, new JsonObject { [keyword] = value });
        return Changed();
    }

    private JsonObject Last(string member) => Draft.Responses.Count > 0
        ? Draft.Responses[^1]
        : throw new InvalidOperationException($"{member} belongs to a reply: call Reply(...) before it ({Draft.Title}).");

    private MockStub Add(JsonObject response)
    {
        if (delayOfFirst is { } delay)
        {
            response["fixedDelayMilliseconds"] = (int)delay.TotalMilliseconds;
            delayOfFirst = null;
        }

        Draft.Responses.Add(response);
        return Changed();
    }

    private MockStub Changed()
    {
        if (Draft.Responses.Count > 0)
        {
            sink.Changed(this);
        }

        return this;
    }
}
