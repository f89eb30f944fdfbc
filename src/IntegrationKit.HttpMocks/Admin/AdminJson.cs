using System.Globalization;
using System.Text.Json.Nodes;
using IntegrationKit.Mappings;
using IntegrationKit.Requests;
using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Admin;

/// <summary>Requests and serve events in the admin API's JSON.</summary>
internal static class AdminJson
{
    public static JsonNode Event(LoggedRequest entry)
    {
        var json = new JsonObject
        {
            ["id"] = entry.Request.Id.ToString(),
            ["request"] = Request(entry.Request),
            ["responseDefinition"] = entry.Stub?.Mapping.Source["response"]?.DeepClone() ?? new JsonObject { ["status"] = 404 },
            ["wasMatched"] = entry.Matched,
        };
        if (entry.Answer is { } answer)
        {
            json["response"] = new JsonObject { ["status"] = answer.Status, ["bodyAsBase64"] = Convert.ToBase64String(answer.Body) };
        }

        if (entry.Stub is { } stub)
        {
            json["stubMapping"] = AdminMappings.Json(stub);
        }

        return json;
    }

    public static JsonNode Request(MockRequest request) => new JsonObject
    {
        ["url"] = request.Target,
        ["absoluteUrl"] = request.BaseUrl + request.Target,
        ["method"] = request.Method,
        ["clientIp"] = request.ClientIp,
        ["headers"] = new JsonObject(request.Headers.All.Select(h => KeyValuePair.Create(h.Key, Values(h.Value)))),
        ["cookies"] = new JsonObject(request.Cookies.DistinctBy(c => c.Key).Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))),
        ["browserProxyRequest"] = false,
        ["loggedDate"] = request.ReceivedAt.ToUnixTimeMilliseconds(),
        ["loggedDateString"] = request.ReceivedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["bodyAsBase64"] = Convert.ToBase64String(request.Body.Bytes),
        ["body"] = request.Body.Text,
        ["scheme"] = request.Scheme,
        ["host"] = request.Host,
        ["port"] = request.Port,
        ["queryParams"] = Parameters(request.Query),
        ["formParams"] = Parameters(request.Form),
    };

    /// <summary>A request as a client describes it for near misses.</summary>
    public static MockRequest ReadRequest(MappingNode node)
    {
        var target = node.Find("url")?.Text() ?? "/";
        var body = node.Find("bodyAsBase64") is { } binary ? Convert.FromBase64String(binary.Text())
            : System.Text.Encoding.UTF8.GetBytes(node.Find("body")?.Text() ?? "");
        return new MockRequest
        {
            Method = node.Find("method")?.Text() ?? "GET",
            Target = target,
            Path = MockRequest.PathOf(target),
            Headers = new([.. (node.Find("headers")?.Members() ?? []).Select(m => KeyValuePair.Create(m.Name, new StringValues(m.Value.Text())))]),
            Body = new MockBody(body),
        };
    }

    private static JsonNode? Values(StringValues values) =>
        values.Count == 1 ? values[0] : new JsonArray([.. values.Select(value => (JsonNode?)value)]);

    private static JsonObject Parameters(QueryValues values) => new(values.Names.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject
    {
        ["key"] = name,
        ["values"] = new JsonArray([.. values[name].Select(value => (JsonNode?)value)]),
    })));
}
