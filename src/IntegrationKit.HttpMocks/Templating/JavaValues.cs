using System.Text.Json;

namespace IntegrationKit.Templating;

/// <summary>JSON as Java's plain maps and lists: what <c>parseJson</c> and a stub's parameters are. They print as Java prints them.</summary>
internal static class JavaValues
{
    public static object? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new JavaMap(element),
        JsonValueKind.Array => new ValueList(element.EnumerateArray().Select(Of)),
        JsonValueKind.Number when !element.TryGetInt64(out _) && element.TryGetDecimal(out var exact) => exact,
        _ => JsonValues.Of(element),
    };
}

/// <summary>A JSON object that prints as a Java map: <c>{a=1, b=x}</c>.</summary>
internal sealed class JavaMap : Dictionary<string, object?>
{
    public JavaMap(JsonElement source)
        : base(StringComparer.Ordinal)
    {
        Source = source;
        foreach (var member in source.EnumerateObject())
        {
            this[member.Name] = JavaValues.Of(member.Value);
        }
    }

    public JsonElement Source { get; }

    public override string ToString() => $"{{{string.Join(", ", this.Select(pair => $"{pair.Key}={(pair.Value is null ? "null" : TemplateText.Of(pair.Value))}"))}}}";
}

/// <summary>Names in the order in which a Java hash map keeps them: templates that walk a query rely on it.</summary>
internal static class JavaOrder
{
    public static IEnumerable<string> Of(IEnumerable<string> names)
    {
        string[] all = [.. names];
        var size = 16;
        while (all.Length > size * 3 / 4)
        {
            size *= 2;
        }

        return all.OrderBy(name => Spread(name) & (size - 1));
    }

    private static int Spread(string name)
    {
        var hash = 0;
        foreach (var letter in name)
        {
            hash = unchecked(hash * 31 + letter);
        }

        return hash ^ (int)((uint)hash >> 16);
    }
}
