using System.Text.Json.Nodes;
using IntegrationKit.Mappings;

namespace IntegrationKit.Admin;

/// <summary><c>/__admin/scenarios</c>.</summary>
internal static class AdminScenarios
{
    public static AdminReply Route(AdminRequest request) => (request.Verb, request.Path) switch
    {
        ("GET", [_]) => List(request),
        ("POST", [_, "reset"]) => Reset(request),
        ("PUT", [_, var name, "state"]) => Set(request, name),
        _ => AdminReply.NotFound,
    };

    private static IReadOnlyList<IGrouping<string, StubMapping>> All(AdminRequest request) =>
    [
        .. request.Engine.Candidates(request.Scope.Test is null ? null : request.Scope).Select(stub => stub.Mapping)
            .Where(mapping => mapping.Scenario is not null)
            .GroupBy(mapping => mapping.Scenario!.Name, StringComparer.Ordinal),
    ];

    private static AdminReply List(AdminRequest request) => AdminReply.Ok(new JsonObject
    {
        ["scenarios"] = new JsonArray([.. All(request).Select(scenario => new JsonObject
        {
            ["id"] = scenario.Key,
            ["name"] = scenario.Key,
            ["state"] = request.Scope.Scenarios.Of(scenario.Key),
            ["possibleStates"] = new JsonArray([.. States(scenario).Select(state => (JsonNode?)state)]),
        })]),
    });

    private static IEnumerable<string> States(IEnumerable<StubMapping> scenario) => scenario
        .SelectMany(mapping => new[] { mapping.Scenario!.Required, mapping.Scenario.Next })
        .Prepend(ScenarioStep.Started).OfType<string>().Distinct(StringComparer.Ordinal);

    private static AdminReply Reset(AdminRequest request)
    {
        request.Scope.Scenarios.Reset();
        return AdminReply.Ok();
    }

    private static AdminReply Set(AdminRequest request, string name)
    {
        if (All(request).FirstOrDefault(scenario => scenario.Key == name) is not { } known)
        {
            return Error(404, $"Scenario {name} does not exist");
        }

        var state = request.Http.Body.Bytes.Length == 0 ? ScenarioStep.Started : request.Body().Find("state")?.Text() ?? ScenarioStep.Started;
        if (!States(known).Contains(state, StringComparer.Ordinal))
        {
            return Error(422, $"Scenario {name} does not support state {state}");
        }

        request.Scope.Scenarios.Set(name, state);
        return AdminReply.Ok();
    }

    private static AdminReply Error(int code, string title) =>
        new(code, new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["title"] = title }) });
}
