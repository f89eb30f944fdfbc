using System.Text.Json;

namespace IntegrationKit.Mappings;

/// <summary>A JSON value together with its place, so that whatever is refused can say where it stands.</summary>
internal readonly record struct MappingNode(JsonElement Element, string Pointer, string? File)
{
    public JsonValueKind Kind => Element.ValueKind;

    public bool IsObject => Kind == JsonValueKind.Object;

    public MockMappingException Refuse(string problem, Exception? inner = null) => new(problem, Pointer, File, inner);

    public MappingNode? Find(string name) =>
        IsObject && Element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? At(name, value)
            : null;

    public MappingNode At(string name, JsonElement value) =>
        new(value, $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", File);

    public IEnumerable<(string Name, MappingNode Value)> Members()
    {
        if (!IsObject)
        {
            throw Refuse($"an object is expected here, not {Kind}");
        }

        foreach (var property in Element.EnumerateObject())
        {
            yield return (property.Name, At(property.Name, property.Value));
        }
    }

    public IEnumerable<MappingNode> Items()
    {
        if (Kind != JsonValueKind.Array)
        {
            throw Refuse($"an array is expected here, not {Kind}");
        }

        var index = 0;
        foreach (var item in Element.EnumerateArray())
        {
            yield return new(item, $"{Pointer}/{index++}", File);
        }
    }

    /// <summary>Refuses every member that is not listed: a typing error must not become a stub that matches too much.</summary>
    public void RefuseOthers(IReadOnlySet<string> known)
    {
        foreach (var (name, value) in Members())
        {
            if (!known.Contains(name))
            {
                throw value.Refuse($"unknown field '{name}'");
            }
        }
    }

    public string Text() => Kind switch
    {
        JsonValueKind.String => Element.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => Element.GetRawText(),
        _ => throw Refuse($"a text is expected here, not {Kind}"),
    };

    public int Integer() => Kind == JsonValueKind.Number && Element.TryGetInt32(out var number)
        ? number
        : Kind == JsonValueKind.String && int.TryParse(Element.GetString(), out var parsed)
            ? parsed
            : throw Refuse($"a whole number is expected here, not {Element.GetRawText()}");

    public double Number() => Kind == JsonValueKind.Number && Element.TryGetDouble(out var number)
        ? number
        : throw Refuse($"a number is expected here, not {Element.GetRawText()}");

    public bool Flag() => Kind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(Element.GetString(), out var parsed) => parsed,
        _ => throw Refuse($"true or false is expected here, not {Element.GetRawText()}"),
    };
}
