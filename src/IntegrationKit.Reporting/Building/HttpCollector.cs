using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Observations;

namespace IntegrationKit.Building;

/// <summary>Requests the application answered, calls it sent, and what mocks made of them.</summary>
internal sealed class HttpCollector(SuiteFacts facts, InteractionNotes interactions)
{
    public void Declare(EndpointDeclared declared)
    {
        var endpoint = Endpoint(declared.Point, declared.Method, declared.Route);
        endpoint.Declaration = declared;
    }

    public void Stubs(StubsReported reported)
    {
        var point = facts.Point(reported.Point);
        (point.Stubs ??= new StubFacts()).Add(reported);
    }

    public void Add(RequestHandled request, ExecutionFacts? execution)
    {
        if (request.Origin == Origin.Kit)
        {
            return;
        }

        facts.UnattributedRequests += execution is null ? 1 : 0;
        var test = execution?.Test.TestId;
        var point = facts.Point(request.Point);
        var endpoint = request.Route is null ? null : Find(request.Point, request.Method, request.Route);
        point.Exercised.Add(test);
        point.Errors += request.Status >= 500 ? 1 : 0;
        interactions.Note(execution, request, "request", $"{request.Method} {request.Route ?? request.Path}", request.Status.ToString(Invariant), request.DurationUs);
        if (endpoint is null)
        {
            return;
        }

        endpoint.Requests.Add(test);
        endpoint.QuerySent.UnionWith(request.Status is 401 or 403 ? [] : request.Query ?? []);
        Count(endpoint.Answers, (request.Status, request.Authenticated), test);
        if (execution is not null)
        {
            (execution.Windows ??= new RequestWindows()).Request(request.AtUs, request.DurationUs, endpoint);
        }

        if (request.Exception is not null && request.Status >= 500)
        {
            var known = endpoint.Exceptions.TryGetValue(request.Status, out var entry) ? entry : (Tally: new Tally(), request.Exception);
            known.Tally.Add(test);
            endpoint.Exceptions[request.Status] = known;
        }
    }

    public void Add(CallSent call, ExecutionFacts? execution)
    {
        if (call.Origin == Origin.Kit)
        {
            return;
        }

        var outcome = call.Status is { } status ? Outcome.OfStatus(status) : Outcome.OfError(call.Error ?? "");
        // The port of a mock changes with every run; which service it was is said by its point.
        var target = call.Point is null ? call.Host + call.Path : call.Path;
        interactions.Note(execution, call, "call", $"{call.Method} {target}", call.Status?.ToString(Invariant) ?? outcome, call.DurationUs);
        if (call.Origin != Origin.Application)
        {
            return;
        }

        facts.UnattributedCalls += execution is null ? 1 : 0;
        var test = execution?.Test.TestId;
        if (call.Point is null)
        {
            Count(facts.UndeclaredHosts, call.Host, test);
            return;
        }

        var point = facts.Point(call.Point);
        point.Exercised.Add(test);
        point.Errors += call.Status is null or >= 400 ? 1 : 0;
        Count(point.CallOutcomes, outcome, test);
    }

    public void Add(MockServed served, ExecutionFacts? execution)
    {
        if (served.Origin == Origin.Kit)
        {
            return;
        }

        var test = execution?.Test.TestId;
        var point = facts.Point(served.Point);
        point.Stubs ??= new StubFacts();
        if (!served.Matched)
        {
            point.Unmatched++;
            var key = $"{served.Point}\n{served.Method} {Fingerprints.Normalise(served.Path)}";
            if (!facts.UnmatchedRequests.TryGetValue(key, out var unmatched))
            {
                facts.UnmatchedRequests[key] = unmatched = new UnmatchedFacts(served);
            }

            unmatched.Tests.Add(test);
            return;
        }

        if (served.Origin != Origin.Application)
        {
            return;
        }

        point.Mocked.Add(test);
        Count(point.Operations, $"{served.Method} {served.Operation ?? Fingerprints.Normalise(served.Path)}", test);
        Count(point.MockOutcomes, served.Fault is not null ? Outcome.Fault : Outcome.OfStatus(served.Status ?? 200), test);
    }

    internal static void Count<TKey>(SortedDictionary<TKey, Tally> tallies, TKey key, string? test)
        where TKey : notnull
    {
        if (!tallies.TryGetValue(key, out var tally))
        {
            tallies[key] = tally = new Tally();
        }

        tally.Add(test);
    }

    private static readonly System.Globalization.CultureInfo Invariant = System.Globalization.CultureInfo.InvariantCulture;

    private EndpointFacts Find(string point, string method, string route)
    {
        if (method == "HEAD" && !facts.Endpoints.ContainsKey(Key(point, method, route)) && facts.Endpoints.TryGetValue(Key(point, "GET", route), out var get))
        {
            return get;
        }

        return facts.Endpoints.TryGetValue(Key(point, method, route), out var exact) ? exact
            : facts.Endpoints.TryGetValue(Key(point, "ANY", route), out var any) ? any
            : Endpoint(point, method, route);
    }

    private EndpointFacts Endpoint(string point, string method, string route)
    {
        var key = Key(point, method, route);
        if (!facts.Endpoints.TryGetValue(key, out var endpoint))
        {
            facts.Endpoints[key] = endpoint = new EndpointFacts(point, method.ToUpperInvariant(), Slashed(route));
        }

        return endpoint;
    }

    private static string Key(string point, string method, string route) =>
        $"{point}\n{Slashed(route).ToUpperInvariant()}\n{method.ToUpperInvariant()}";

    private static string Slashed(string route) => "/" + route.Trim('/');
}
