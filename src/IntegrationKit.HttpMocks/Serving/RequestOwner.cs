using IntegrationKit.Requests;
using IntegrationKit.Scoping;
using IntegrationKit.Stubs;

namespace IntegrationKit.Serving;

/// <summary>
/// Whose a request is. <see cref="Test"/> needs proof: our header, the W3C baggage, the base path or the trace of the test, or
/// a port that was opened for this test alone. The lane a
/// listener belongs to only lends its stubs (background work of the lane's application must find them); it proves nothing.
/// </summary>
internal readonly record struct RequestOwner(StubScope? Scope, TestScope? Test, string? Via, string? Trace)
{
    public const string ScopeHeader = "X-IK-Scope";

    public static RequestOwner Of(MockRequest request, MockEngine engine, LaneMock? lane)
    {
        var trace = TraceParent.TraceId(request.Headers["traceparent"]);
        var (test, via) = Proof(request, trace);
        if (test is null && lane is { OwnsPort: true, Current.Test: { } only })
        {
            (test, via) = (only, Observations.Via.Context);
        }

        var scope = test is null ? lane?.Current : engine.ScopeOf(test);
        return new(scope, test, via, trace?.ToHexString());
    }

    private static (TestScope? Test, string? Via) Proof(MockRequest request, System.Diagnostics.ActivityTraceId? trace)
    {
        if (request.Headers[ScopeHeader] is { Count: > 0 } explicitly
            && TestScopes.FindByBaggage(explicitly.ToString()) is { } byHeader)
        {
            return (byHeader, Observations.Via.Baggage);
        }

        if (request.Headers["baggage"] is { Count: > 0 } baggage
            && Baggage.Find(baggage, TestScopes.BaggageKey) is { } id
            && TestScopes.FindByBaggage(id) is { } byBaggage)
        {
            return (byBaggage, Observations.Via.Baggage);
        }

        if (request.ScopeId is { } scopeId && TestScopes.FindByBaggage(scopeId) is { } byPath)
        {
            return (byPath, Observations.Via.Baggage);
        }

        return trace is { } traceId && TestScopes.Find(traceId) is { } byTrace ? (byTrace, Observations.Via.Trace) : (null, null);
    }
}
