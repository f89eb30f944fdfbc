using System.Collections.Concurrent;
using System.Text.Json;

namespace IntegrationKit.Matching.Paths;

/// <summary>
/// A JSON path: RFC 9535 with the forms Jayway's implementation added and WireMock users write (functions at the end,
/// <c>=~</c>, <c>in</c>, <c>size</c> …). Immutable, thread-safe.
/// </summary>
internal sealed class JsonPath
{
    private static readonly ConcurrentDictionary<string, JsonPath> Cache = new(StringComparer.Ordinal);

    private readonly IReadOnlyList<Segment> segments;

    internal JsonPath(IReadOnlyList<Segment> segments) => this.segments = segments;

    /// <summary>The path names at most one value.</summary>
    public bool IsDefinite => segments.All(segment => segment.IsDefinite);

    /// <exception cref="FormatException">The path is malformed.</exception>
    public static JsonPath Parse(string text)
    {
        if (Cache.TryGetValue(text, out var path))
        {
            return path;
        }

        path = new JsonPath(new JsonPathParser(text).Path());
        if (Cache.Count < 10_000)
        {
            Cache.TryAdd(text, path);
        }

        return path;
    }

    public IReadOnlyList<JsonElement> Evaluate(JsonElement root) => Evaluate(root, root);

    public IReadOnlyList<JsonElement> Evaluate(JsonElement start, JsonElement root)
    {
        List<JsonElement> current = [start];
        for (var i = 0; i < segments.Count; i++)
        {
            if (segments[i] is FunctionSegment function)
            {
                var many = segments.Take(i).Any(segment => !segment.IsDefinite);
                var subject = many ? JsonSerializer.SerializeToElement(current) : current.Count == 0 ? (JsonElement?)null : current[0];
                current = function.Apply(subject, root) is { } value ? [value] : [];
                continue;
            }

            List<JsonElement> next = [];
            foreach (var element in current)
            {
                segments[i].Select(element, root, next);
            }

            current = next;
        }

        return current;
    }
}
