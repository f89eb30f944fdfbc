using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationKit.Mappings;
using IntegrationKit.Matching.Paths;

namespace IntegrationKit.Templating.Helpers;

/// <summary>Helpers over JSON documents.</summary>
internal static class JsonHelpers
{
    public static IEnumerable<(string, Func<HelperCall, object?>)> All =>
    [
        ("jsonPath", JsonPathOf),
        ("parseJson", ParseJson),
        ("toJson", call => call[0] is null ? "" : JavaJson.Pretty(JsonValues.ToJson(call[0]))),
        ("formatJson", call => Print(HelperCall.Json(call.Text()), call.Option("format"))),
        ("jsonMerge", JsonMerge),
        ("jsonRemove", JsonRemove),
        ("jsonArrayAdd", JsonArrayAdd),
        ("jsonSort", JsonSort),
    ];

    private static object? JsonPathOf(HelperCall call)
    {
        var expression = TemplateText.Of(call[1]);
        if (expression.Length == 0)
        {
            throw new HelperException("The JSONPath cannot be empty");
        }

        JsonPath path;
        try
        {
            path = JsonPath.Parse(expression);
        }
        catch (FormatException)
        {
            throw new HelperException($"{expression} is not a valid JSONPath expression");
        }

        var found = Document(call[0]) is { } root ? path.Evaluate(root) : [];
        object? value = path.IsDefinite
            ? found.Count == 0 ? null : JsonValues.Of(found[0])
            : new JsonList(JsonSerializer.SerializeToElement(found));
        return value ?? (call.Options.TryGetValue("default", out var otherwise) ? otherwise : "");
    }

    private static JsonElement? Document(object? value)
    {
        if (value is not string text)
        {
            return value is null ? null : JsonValues.ToJson(value);
        }

        using var body = Requests.MockBody.Of(text);
        return body.Json?.Clone();
    }

    private static object? ParseJson(HelperCall call)
    {
        var value = JavaValues.Of(HelperCall.Json(call.Text()));
        if ((call.Block is null ? call[1] : call[0]) is not { } variable)
        {
            return value;
        }

        call.Variables[TemplateText.Of(variable)] = value;
        return "";
    }

    private static string Print(JsonElement element, string? format) => format == "compact" ? CompactJson.Of(element) : JavaJson.Pretty(element);

    private static JsonNode Node(string text) => JsonSerializer.SerializeToNode(HelperCall.Json(text)) ?? JsonValue.Create("")!;

    private static JsonElement Element(JsonNode? node) => JsonSerializer.SerializeToElement(node);

    private static JsonNode Merge(JsonNode first, JsonNode second)
    {
        if (first is not JsonObject left || second is not JsonObject right)
        {
            return second.DeepClone();
        }

        var result = left.DeepClone().AsObject();
        foreach (var (name, value) in right)
        {
            result[name] = value is null ? null : result[name] is { } present ? Merge(present, value) : value.DeepClone();
        }

        return result;
    }

    private static string JsonMerge(HelperCall call)
    {
        if (call[0] is not string first)
        {
            throw new HelperException("Base JSON parameter must be a string");
        }

        var second = call.Block is null ? TemplateText.Of(call[1]) : call.Block(null);
        var merged = Merge(Valid("Base JSON", first), Valid("JSON to merge", second));
        return CompactJson.Of(Element(call.Flag("removeNulls", false) ? WithoutNulls(merged) : merged));
    }

    private static JsonNode Valid(string what, string text)
    {
        try
        {
            return Node(text);
        }
        catch (HelperException)
        {
            throw new HelperException($"{what} is not valid JSON ('{text}')");
        }
    }

    private static JsonNode WithoutNulls(JsonNode node)
    {
        foreach (var (name, value) in node is JsonObject map ? map.ToArray() : [])
        {
            if (value is null)
            {
                node.AsObject().Remove(name);
            }
            else
            {
                WithoutNulls(value);
            }
        }

        return node;
    }

    private static string JsonRemove(HelperCall call)
    {
        var document = HelperCall.Json(call.Text());
        var doomed = JsonPath.Parse(call.Text(1)).Evaluate(document).Select(item => CompactJson.Of(item)).ToHashSet(StringComparer.Ordinal);
        return CompactJson.Of(Element(Without(document, JsonPath.Parse(call.Text(1)), document, doomed)));
    }

    /// <summary>A copy without the elements the path names: identity is by place, so each candidate is checked by the path.</summary>
    private static JsonNode? Without(JsonElement element, JsonPath path, JsonElement root, HashSet<string> doomed)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new JsonObject();
                foreach (var member in element.EnumerateObject().Where(member => !Named(member.Value, path, root, doomed)))
                {
                    map[member.Name] = Without(member.Value, path, root, doomed);
                }

                return map;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Where(item => !Named(item, path, root, doomed)).Select(item => Without(item, path, root, doomed))]);
            default:
                return JsonSerializer.SerializeToNode(element);
        }
    }

    private static bool Named(JsonElement element, JsonPath path, JsonElement root, HashSet<string> doomed) =>
        doomed.Contains(CompactJson.Of(element)) && path.Evaluate(root).Any(found => IsSamePlace(found, element));

    /// <summary>Both are the same value of the same document, not only equal ones.</summary>
    private static bool IsSamePlace(JsonElement left, JsonElement right) => Unsafe.AreSame(
        in MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(left)), in MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(right)));

    private static string JsonArrayAdd(HelperCall call)
    {
        var (document, item) = call.Block is null ? (call.Text(), call.Text(1)) : (TemplateText.Of(call[0]), call.Block(null));
        var root = Node(document);
        var target = call.Option("jsonPath") is { } path ? Find(root, path) : root;
        if (target is not JsonArray array)
        {
            throw new HelperException("Target JSON is not an array");
        }

        var value = Node(item);
        foreach (var added in call.Flag("flatten", false) && value is JsonArray several ? several.ToArray() : [value])
        {
            array.Add(added?.DeepClone());
        }

        for (var most = call.Integer("maxItems", int.MaxValue); array.Count > most;)
        {
            array.RemoveAt(0);
        }

        return CompactJson.Of(Element(root));
    }

    /// <summary>Finds the node behind a simple path of names and indices.</summary>
    private static JsonNode? Find(JsonNode root, string path)
    {
        JsonNode? current = root;
        foreach (var part in path.TrimStart('$').Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
            .Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.Trim('\'', '"');
            current = current switch
            {
                JsonObject map => map[name],
                JsonArray list when int.TryParse(name, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }

        return current;
    }

    private static string JsonSort(HelperCall call)
    {
        var field = call.Text(1).Split('.')[^1];
        var items = HelperCall.Json(call.Text()).EnumerateArray()
            .OrderBy(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(field, out var key) ? key : item, JsonOrder);
        return CompactJson.Of(JsonSerializer.SerializeToElement(call.Option("order") == "desc" ? items.Reverse() : items));
    }

    private static readonly IComparer<JsonElement> JsonOrder = Comparer<JsonElement>.Create((left, right) =>
        left.ValueKind == JsonValueKind.Number && right.ValueKind == JsonValueKind.Number
            ? left.GetDouble().CompareTo(right.GetDouble())
            : string.CompareOrdinal(JsonValueText.Of(left), JsonValueText.Of(right)));
}
