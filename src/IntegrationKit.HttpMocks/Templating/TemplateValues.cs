using System.Text.Json;

namespace IntegrationKit.Templating;

/// <summary>Several values of one name: prints as the first one, and can be indexed and iterated.</summary>
internal sealed class OneOrMany(IEnumerable<object?> values) : List<object?>(values)
{
    public override string ToString() => Count == 0 ? "" : TemplateText.Of(this[0]);
}

/// <summary>Path segments: print as the path.</summary>
internal sealed class PathValue(string path) : List<object?>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString))
{
    public override string ToString() => Uri.UnescapeDataString(path);
}

/// <summary>The method: prints as its name and, as in WireMock, equals no text.</summary>
internal sealed record MethodName(string Name)
{
    public override string ToString() => Name;
}

/// <summary>A list made by a helper: prints as Java prints lists.</summary>
internal sealed class ValueList(IEnumerable<object?> values) : List<object?>(values)
{
    public override string ToString() => $"[{string.Join(", ", this.Select(TemplateText.Of))}]";
}

/// <summary>A JSON array in a template: prints as JSON.</summary>
internal sealed class JsonList(JsonElement source) : List<object?>(source.EnumerateArray().Select(JsonValues.Of))
{
    public JsonElement Source => source;

    public override string ToString() => Mappings.CompactJson.Of(source);
}

/// <summary>A JSON object in a template: prints as JSON.</summary>
internal sealed class JsonMap : Dictionary<string, object?>
{
    public JsonMap(JsonElement source)
        : base(StringComparer.Ordinal)
    {
        Source = source;
        foreach (var member in source.EnumerateObject())
        {
            this[member.Name] = JsonValues.Of(member.Value);
        }
    }

    public JsonElement Source { get; }

    public override string ToString() => JavaJson.Pretty(Source, asMap: true);
}

/// <summary>Headers or cookies, found without regard to case; or a query, in the order in which it was filled.</summary>
internal sealed class NamedValues(StringComparer? names = null) : Dictionary<string, object?>(names ?? StringComparer.OrdinalIgnoreCase)
{
    private readonly bool asFilled = names is not null;

    public override string ToString() =>
        $"{{{string.Join(", ", (asFilled ? this.AsEnumerable() : this.OrderBy(p => p.Key, StringComparer.Ordinal)).Select(p => $"{p.Key}={TemplateText.Of(p.Value)}"))}}}";
}

internal static class JsonValues
{
    public static object? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new JsonMap(element),
        JsonValueKind.Array => new JsonList(element),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var whole) && !element.GetRawText().Contains('.', StringComparison.Ordinal)
            ? (object)whole
            : element.GetDouble(),
        _ => null,
    };

    /// <summary>Back to JSON, for the helpers that print or change documents.</summary>
    public static JsonElement ToJson(object? value) => value switch
    {
        JsonMap map => map.Source,
        JavaMap map => map.Source,
        OneOrMany { Count: 1 } one => ToJson(one[0]),
        MethodName method => JsonSerializer.SerializeToElement(method.Name),
        JsonList list => list.Source,
        IEnumerable<KeyValuePair<string, object?>> pairs => JsonSerializer.SerializeToElement(pairs.ToDictionary(p => p.Key, p => ToJson(p.Value))),
        List<object?> list => JsonSerializer.SerializeToElement(list.ConvertAll(ToJson)),
        _ => JsonSerializer.SerializeToElement(value),
    };
}
