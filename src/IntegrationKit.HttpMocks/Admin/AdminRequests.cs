using System.Text.Json.Nodes;
using IntegrationKit.Mappings;
using IntegrationKit.Requests;
using IntegrationKit.Verification;

namespace IntegrationKit.Admin;

/// <summary><c>/__admin/requests</c> and <c>/__admin/near-misses</c>.</summary>
internal static class AdminRequests
{
    private const int NearMisses = 3;

    public static AdminReply Route(AdminRequest request) => (request.Verb, request.Path) switch
    {
        ("GET", ["requests"]) => All(request),
        ("DELETE", ["requests"]) => Cleared(request),
        ("POST", ["requests", "count"]) => AdminReply.Ok(new JsonObject { ["count"] = Find(request).Count(), ["requestJournalDisabled"] = false }),
        ("POST", ["requests", "find"]) => Requests(Find(request)),
        ("POST", ["requests", "remove"]) => Remove(request, Pattern(request).Matches),
        ("POST", ["requests", "remove-by-metadata"]) => RemoveByMetadata(request),
        ("GET", ["requests", "unmatched"]) => Requests(Unmatched(request)),
        ("GET", ["requests", "unmatched", "near-misses"]) => Misses([.. Unmatched(request).SelectMany(entry => ForRequest(entry.Request, request))]),
        ("GET", ["requests", _]) => request.Scope.Journal.All.FirstOrDefault(entry => entry.Request.Id == request.Id(1)) is { } entry
            ? AdminReply.Ok(AdminJson.Event(entry))
            : AdminReply.NotFound,
        ("DELETE", ["requests", _]) => Remove(request, logged => logged.Id == request.Id(1)),
        ("POST", ["near-misses", "request"]) => Misses([.. ForRequest(AdminJson.ReadRequest(request.Body()), request)]),
        ("POST", ["near-misses", "request-pattern"]) => Misses([.. ForPattern(request)]),
        _ => AdminReply.NotFound,
    };

    private static AdminReply All(AdminRequest request)
    {
        IEnumerable<LoggedRequest> entries = request.Scope.Journal.All.Reverse();
        var total = request.Scope.Journal.All.Count;
        if (request.Query("unmatched") == "true")
        {
            entries = entries.Where(entry => !entry.Matched);
        }

        if (DateTimeOffset.TryParse(request.Query("since"), System.Globalization.CultureInfo.InvariantCulture, out var since))
        {
            entries = entries.Where(entry => entry.Request.ReceivedAt >= since);
        }

        if (int.TryParse(request.Query("limit"), out var limit))
        {
            entries = entries.Take(limit);
        }

        return AdminReply.Ok(new JsonObject
        {
            ["requests"] = new JsonArray([.. entries.Select(AdminJson.Event)]),
            ["meta"] = new JsonObject { ["total"] = total },
            ["requestJournalDisabled"] = false,
        });
    }

    private static AdminReply Cleared(AdminRequest request)
    {
        request.Scope.Journal.Clear();
        return AdminReply.Ok();
    }

    private static Matching.RequestPattern Pattern(AdminRequest request) => RequestReader.Read(request.Body());

    private static IEnumerable<LoggedRequest> Find(AdminRequest request)
    {
        var pattern = Pattern(request);
        return request.Scope.Journal.All.Where(entry => pattern.Matches(entry.Request));
    }

    private static IEnumerable<LoggedRequest> Unmatched(AdminRequest request) => request.Scope.Journal.All.Reverse().Where(entry => !entry.Matched);

    private static AdminReply Requests(IEnumerable<LoggedRequest> entries) => AdminReply.Ok(new JsonObject
    {
        ["requests"] = new JsonArray([.. entries.Select(entry => AdminJson.Request(entry.Request))]),
        ["requestJournalDisabled"] = false,
    });

    private static AdminReply Remove(AdminRequest request, Func<MockRequest, bool> which)
    {
        var doomed = request.Scope.Journal.All.Where(entry => which(entry.Request)).ToArray();
        request.Scope.Journal.Remove(doomed.Contains);
        return AdminReply.Ok(new JsonObject { ["serveEvents"] = new JsonArray([.. doomed.Select(AdminJson.Event)]) });
    }

    private static AdminReply RemoveByMetadata(AdminRequest request)
    {
        var matcher = MatcherReader.Read(request.Body());
        request.Scope.Journal.Remove(entry => entry.Stub?.Mapping.Metadata is { } metadata && matcher.Matches(metadata.ToJsonString()));
        return AdminReply.Ok();
    }

    private static IEnumerable<JsonNode> ForRequest(MockRequest http, AdminRequest request) =>
        NearMiss.Rank(http, request.Engine.Candidates(request.Scope.Test is null ? null : request.Scope), NearMisses).Select(miss => new JsonObject
        {
            ["request"] = AdminJson.Request(http),
            ["stubMapping"] = AdminMappings.Json(miss.Stub),
            ["matchResult"] = new JsonObject { ["distance"] = miss.Distance },
        });

    private static IEnumerable<JsonNode> ForPattern(AdminRequest request)
    {
        var body = request.Body();
        var pattern = RequestReader.Read(body);
        return request.Scope.Journal.All
            .Select(entry => (entry, distance: pattern.Parts.Sum(part => part.Weight * part.Distance(entry.Request))))
            .OrderBy(candidate => candidate.distance)
            .Take(NearMisses)
            .Select(candidate => new JsonObject
            {
                ["request"] = AdminJson.Request(candidate.entry.Request),
                ["requestPattern"] = JsonObject.Create(body.Element),
                ["matchResult"] = new JsonObject { ["distance"] = candidate.distance },
            });
    }

    private static AdminReply Misses(IReadOnlyList<JsonNode> misses) => AdminReply.Ok(new JsonObject { ["nearMisses"] = new JsonArray([.. misses]) });
}
