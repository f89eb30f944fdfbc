using IntegrationKit.Facts;
using IntegrationKit.Writers;

namespace IntegrationKit.Rules;

internal sealed class EndpointNeverCalledRule() : Rule(
    "IK1", "Endpoint never called", "No test sends a request to the endpoint: nothing proves that it works.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        var declared = facts.Endpoints.Values.Where(e => e.Declaration is { Infrastructure: false }).ToList();
        foreach (var endpoint in declared.Where(e => e.Requests.Calls == 0))
        {
            var called = declared.Count(e => e.Point == endpoint.Point && e.Requests.Calls > 0);
            sink.Recommend(new Advice
            {
                Priority = endpoint.NeedsAuthorization || endpoint.Method is not ("GET" or "HEAD") ? 1 : 2,
                Target = endpoint.Title,
                Action = $"Write a test that calls {endpoint.Title}.",
                Because = $"No test calls it; {called} of {declared.Count(e => e.Point == endpoint.Point)} endpoints are called."
                    + (endpoint.NeedsAuthorization ? " It needs authorisation." : ""),
                Point = endpoint.Point,
                Skeleton = Skeleton.ForEndpoint(facts, endpoint, "answers", "OK"),
            });
        }
    }
}

internal sealed class NeverAnonymousRule() : Rule(
    "IK2", "Authorised endpoint without an anonymous test", "Nothing proves that the endpoint turns away callers without a valid identity.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var endpoint in facts.Endpoints.Values.Where(e => e.NeedsAuthorization && e.Requests.Calls > 0))
        {
            if (endpoint.Saw((status, authenticated) => !authenticated || status == 401))
            {
                continue;
            }

            sink.Recommend(new Advice
            {
                Priority = 1,
                Target = endpoint.Title,
                Action = $"Write a test that calls {endpoint.Title} without a token and expects 401.",
                Because = $"It needs authorisation; {(endpoint.Requests.Calls == 1 ? "its only request was" : $"all {endpoint.Requests.Calls} requests in {Tests(endpoint.Requests.TestCount)} were")} authenticated.",
                Tests = endpoint.Requests,
                Point = endpoint.Point,
                Skeleton = Skeleton.ForEndpoint(facts, endpoint, "refuses_an_anonymous_caller", "Unauthorized"),
            });
        }
    }
}

internal sealed class NeverForbiddenRule() : Rule(
    "IK3", "Role without a test of the wrong role", "Nothing proves that the endpoint turns away authenticated callers of another role.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var endpoint in facts.Endpoints.Values.Where(e => e.NeedsAuthorization && e.Requests.Calls > 0 && e.Declaration!.Roles is { Count: > 0 }))
        {
            if (endpoint.Saw((status, _) => status == 403))
            {
                continue;
            }

            var roles = string.Join(", ", endpoint.Declaration!.Roles!);
            sink.Recommend(new Advice
            {
                Priority = 1,
                Target = endpoint.Title,
                Action = $"Write a test that calls {endpoint.Title} as a user without the role {roles} and expects 403.",
                Because = $"It needs the role {roles}; {(endpoint.Requests.Calls == 1 ? "its only request was not" : $"none of {endpoint.Requests.Calls} requests in {Tests(endpoint.Requests.TestCount)} was")} refused with 403.",
                Tests = endpoint.Requests,
                Point = endpoint.Point,
                Skeleton = Skeleton.ForEndpoint(facts, endpoint, "refuses_a_caller_of_another_role", "Forbidden", $"Sign in as a user without the role {roles}."),
            });
        }
    }
}

internal sealed class BodyNeverRefusedRule() : Rule(
    "IK4", "Body never refused", "The endpoint takes a body and no test sends one that it must refuse.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var endpoint in facts.Endpoints.Values.Where(e => e.Declaration?.AcceptsBody == true && Applies(e)))
        {
            sink.Recommend(new Advice
            {
                Priority = 3,
                Target = endpoint.Title,
                Action = $"Write a test that sends {endpoint.Title} a body it must refuse.",
                Because = $"{Counted.Of(endpoint.Requests.Calls, "request")} in {Tests(endpoint.Requests.TestCount)} carried a body, none was answered 400, 409, 413, 415 or 422.",
                Tests = endpoint.Requests,
                Point = endpoint.Point,
                Skeleton = Skeleton.ForEndpoint(facts, endpoint, "refuses_an_invalid_body", "BadRequest", "Send a body that breaks one rule of the endpoint."),
            });
        }
    }

    /// <summary>Only where the body was accepted at least once: an endpoint that only ever said 401 was not reached.</summary>
    public static bool Applies(EndpointFacts endpoint) =>
        endpoint.Declaration?.AcceptsBody == true
        && endpoint.Saw((status, _) => status is >= 200 and < 300)
        && !endpoint.Saw((status, _) => status is 400 or 409 or 413 or 415 or 422);
}

internal sealed class StatusNeverSeenRule() : Rule(
    "IK5", "Documented status never seen", "The endpoint promises an answer that no test provokes.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var endpoint in facts.Endpoints.Values.Where(e => e.Declaration?.Statuses is { Count: > 0 } && e.Requests.Calls > 0))
        {
            var seen = endpoint.Statuses.ToHashSet();
            foreach (var status in endpoint.Declaration!.Statuses!.Distinct().Order().Where(s => !seen.Contains(s) && !SaidElsewhere(endpoint, s)))
            {
                sink.Recommend(new Advice
                {
                    Priority = status < 300 ? 2 : 3,
                    Target = endpoint.Title,
                    Aspect = $"status-{StatusName(status)}",
                    Action = $"Write a test in which {endpoint.Title} answers {status}.",
                    Because = $"{status} is documented; {Tests(endpoint.Requests.TestCount)} saw only {string.Join(", ", seen.Order())}.",
                    Tests = endpoint.Requests,
                    Point = endpoint.Point,
                    Skeleton = Skeleton.ForEndpoint(facts, endpoint, $"answers_{status}", StatusName(status)),
                });
            }
        }
    }

    /// <summary>401 and 403 belong to the authorisation rules, a refused body to its own; 5xx cannot be provoked at will.</summary>
    private static bool SaidElsewhere(EndpointFacts endpoint, int status) => status switch
    {
        401 or 403 => true,
        400 or 409 or 422 => status != 409 && (BodyNeverRefusedRule.Applies(endpoint) || !endpoint.Saw((s, _) => s is not (401 or 403))),
        500 => true,
        _ => !endpoint.Saw((s, _) => s is not (401 or 403)) && status >= 300,
    };

    private static string StatusName(int status) =>
        Enum.IsDefined((System.Net.HttpStatusCode)status) ? ((System.Net.HttpStatusCode)status).ToString() : $"OK + {status - 200}";
}

internal sealed class UnprotectedChangeRule() : Rule(
    "IK7", "Changing endpoint without authorisation", "Other endpoints of the application need authorisation, this one changes data and does not. If that is meant, say so with AllowAnonymous.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var group in facts.Endpoints.Values.Where(e => e.Declaration is { Infrastructure: false }).GroupBy(e => e.Point, StringComparer.Ordinal))
        {
            if (!group.Any(e => e.NeedsAuthorization))
            {
                continue;
            }

            var open = group.Where(e => e.Method is "POST" or "PUT" or "PATCH" or "DELETE" && e.Declaration is { RequiresAuthorization: false, AllowsAnonymous: false });
            foreach (var endpoint in open)
            {
                sink.Recommend(new Advice
                {
                    Priority = 5,
                    Target = endpoint.Title,
                    Action = $"Decide whether {endpoint.Title} may be called by anybody, and say so in the code.",
                    Because = $"It changes data without authorisation, while {group.Count(e => e.NeedsAuthorization)} endpoints of {facts.Point(endpoint.Point).Name} need one.",
                    Tests = endpoint.Requests,
                    Point = endpoint.Point,
                });
            }
        }
    }
}

internal sealed class RepeatedQueryRule() : Rule(
    "IK13", "Query in a loop (N+1)", "One request sends the same query again and again. Load the rows in one query.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var endpoint in facts.Endpoints.Values)
        {
            foreach (var (text, repeated) in endpoint.RepeatedQueries)
            {
                sink.Recommend(new Advice
                {
                    Priority = 2,
                    Target = endpoint.Title,
                    Aspect = text,
                    Action = $"Load what {endpoint.Title} needs in one query.",
                    Because = $"One request sends the same query {repeated.Most} times: {text}",
                    Tests = repeated.Tally,
                    Point = endpoint.Point,
                });
            }
        }
    }
}
