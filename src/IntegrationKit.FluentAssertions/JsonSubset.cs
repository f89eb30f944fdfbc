using System.Text.Json.Nodes;

namespace IntegrationKit;

/// <summary>Finds the first place where a JSON value lacks something of what is expected.</summary>
internal static class JsonSubset
{
    public static string? Difference(JsonNode? expected, JsonNode? actual, string path) => (expected, actual) switch
    {
        (JsonObject wanted, JsonObject found) => wanted
            .Select(member => found.TryGetPropertyValue(member.Key, out var value)
                ? Difference(member.Value, value, $"{path}.{member.Key}")
                : $"{path} has no \"{member.Key}\"")
            .FirstOrDefault(difference => difference is not null),
        (JsonArray wanted, JsonArray found) => wanted.Count != found.Count
            ? $"{path} has {found.Count} items, not {wanted.Count}"
            : wanted.Select((item, index) => Difference(item, found[index], $"{path}[{index}]")).FirstOrDefault(difference => difference is not null),
        _ => JsonNode.DeepEquals(expected, actual) ? null : $"{path} is {Text(actual)}, not {Text(expected)}",
    };

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";
}
