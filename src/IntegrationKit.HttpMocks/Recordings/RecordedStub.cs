using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntegrationKit.Mappings;
using IntegrationKit.Requests;
using IntegrationKit.Responding;

namespace IntegrationKit.Recordings;

/// <summary>
/// Makes a stub of a request and the real answer. Secrets are left out; the same request gives the same id and file name, so
/// that recording again changes only what has changed.
/// </summary>
internal static partial class RecordedStub
{
    private const string Masked = "***";

    private static readonly string[] SecretHeaders = ["Authorization", "Cookie", "Set-Cookie", "Proxy-Authorization", "WWW-Authenticate"];

    public static StubMapping Of(MockRequest request, Answer answer)
    {
        var pattern = Request(request);
        var source = new JsonObject
        {
            ["id"] = IdOf(pattern).ToString(),
            ["name"] = $"{request.Method.ToLowerInvariant()} {request.Path}",
            ["request"] = pattern,
            ["response"] = Response(answer),
            ["persistent"] = true,
        };
        return MappingReader.Read(new(JsonSerializer.SerializeToElement(source), "", null));
    }

    /// <summary>For example <c>get-v1-charges-3fa85f64.json</c>.</summary>
    public static string FileName(StubMapping mapping) =>
        $"{NotWord().Replace(mapping.Name ?? mapping.Operation.ToLowerInvariant(), "-").Trim('-')}-{mapping.Id.ToString()[..8]}.json";

    private static JsonObject Request(MockRequest request)
    {
        var pattern = new JsonObject { ["method"] = request.Method, ["urlPath"] = request.Path };
        var query = new JsonObject();
        foreach (var pair in request.Query.Pairs.Where(pair => !Secret().IsMatch(pair.Key)).DistinctBy(pair => pair.Key))
        {
            query[pair.Key] = new JsonObject { ["equalTo"] = pair.Value };
        }

        if (query.Count > 0)
        {
            pattern["queryParameters"] = query;
        }

        if (request.Body.Json is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } json)
        {
            pattern["bodyPatterns"] = new JsonArray(new JsonObject { ["equalToJson"] = Placeholders(JsonSerializer.SerializeToNode(json)) });
        }
        else if (request.Body.Bytes.Length > 0)
        {
            pattern["bodyPatterns"] = new JsonArray(new JsonObject { ["equalTo"] = request.Body.Text });
        }

        return pattern;
    }

    private static JsonObject Response(Answer answer)
    {
        var headers = new JsonObject();
        foreach (var header in answer.Headers.Where(h => !SecretHeaders.Contains(h.Key, StringComparer.OrdinalIgnoreCase) && !Secret().IsMatch(h.Key)))
        {
            headers[header.Key] = header.Value.Count == 1 ? header.Value[0] : new JsonArray([.. header.Value.Select(value => (JsonNode?)value)]);
        }

        var response = new JsonObject { ["status"] = answer.Status };
        using var body = new MockBody(answer.Body);
        if (body.Json is { } json)
        {
            response["jsonBody"] = Mask(JsonSerializer.SerializeToNode(json));
        }
        else if (answer.Body.Length > 0)
        {
            var isText = !answer.Body.AsSpan().Contains((byte)0) && !body.Text.Contains('\uFFFD', StringComparison.Ordinal);
            response[isText ? "body" : "base64Body"] = isText ? body.Text : Convert.ToBase64String(answer.Body);
        }

        if (headers.Count > 0)
        {
            response["headers"] = headers;
        }

        return response;
    }

    /// <summary>Secrets in an expected body: any text will do.</summary>
    private static JsonNode? Placeholders(JsonNode? node) => Replace(node, "${json-unit.ignore}");

    private static JsonNode? Mask(JsonNode? node) => Replace(node, Masked);

    private static JsonNode? Replace(JsonNode? node, string mask)
    {
        if (node is JsonObject map)
        {
            foreach (var (name, value) in map.ToArray())
            {
                if (value is JsonValue && Secret().IsMatch(name))
                {
                    map[name] = mask;
                }
                else
                {
                    Replace(value, mask);
                }
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Replace(item, mask);
            }
        }

        return node;
    }

    private static Guid IdOf(JsonObject pattern) => new(SHA256.HashData(Encoding.UTF8.GetBytes(pattern.ToJsonString())).AsSpan(0, 16));

    [GeneratedRegex("password|passwd|secret|token|api[-_]?key|credential|signature|private[-_]?key", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Secret();

    [GeneratedRegex("[^a-zA-Z0-9]+", RegexOptions.None, 1000)]
    private static partial Regex NotWord();
}
