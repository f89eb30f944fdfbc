using System.Text.Json;

namespace IntegrationKit.Matching.Paths;

/// <summary>One step of a path.</summary>
internal abstract record Segment
{
    public virtual bool IsDefinite => false;

    public abstract void Select(JsonElement element, JsonElement root, List<JsonElement> result);
}

internal sealed record NameSegment(IReadOnlyList<string> Names) : Segment
{
    public override bool IsDefinite => Names.Count == 1;

    public override void Select(JsonElement element, JsonElement root, List<JsonElement> result)
    {
        foreach (var name in Names)
        {
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value))
            {
                result.Add(value);
            }
        }
    }
}

internal sealed record IndexSegment(IReadOnlyList<int> Indices) : Segment
{
    public override bool IsDefinite => Indices.Count == 1;

    public override void Select(JsonElement element, JsonElement root, List<JsonElement> result)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var length = element.GetArrayLength();
        foreach (var index in Indices)
        {
            var at = index < 0 ? length + index : index;
            if (at >= 0 && at < length)
            {
                result.Add(element[at]);
            }
        }
    }
}

internal sealed record SliceSegment(int? Start, int? End, int Step) : Segment
{
    public override void Select(JsonElement element, JsonElement root, List<JsonElement> result)
    {
        if (element.ValueKind != JsonValueKind.Array || Step == 0)
        {
            return;
        }

        var length = element.GetArrayLength();
        if (Step > 0)
        {
            var last = Bound(End ?? length, length, 0, length);
            for (var i = Bound(Start ?? 0, length, 0, length); i < last; i += Step)
            {
                result.Add(element[i]);
            }

            return;
        }

        var first = Bound(End ?? -length - 1, length, -1, length - 1);
        for (var i = Bound(Start ?? length - 1, length, -1, length - 1); i > first; i += Step)
        {
            result.Add(element[i]);
        }
    }

    private static int Bound(int value, int length, int least, int most) => Math.Clamp(value < 0 ? length + value : value, least, most);
}

internal sealed record WildcardSegment : Segment
{
    public override void Select(JsonElement element, JsonElement root, List<JsonElement> result)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            result.AddRange(element.EnumerateArray());
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            result.AddRange(element.EnumerateObject().Select(member => member.Value));
        }
    }
}

/// <summary><c>..</c> and the step after it, taken at every depth.</summary>
internal sealed record DescendantSegment(Segment Step) : Segment
{
    public override void Select(JsonElement element, JsonElement root, List<JsonElement> result)
    {
        Step.Select(element, root, result);
        List<JsonElement> children = [];
        new WildcardSegment().Select(element, root, children);
        foreach (var child in children)
        {
            Select(child, root, result);
        }
    }
}

/// <summary><c>[?(…)]</c> over the elements of an array; an object is asked itself, as Jayway does.</summary>
internal sealed record FilterSegment(Filter Filter) : Segment
{
    public override void Select(JsonElement element, JsonElement root, List<JsonElement> result)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            result.AddRange(element.EnumerateArray().Where(item => Filter.Accepts(item, root)));
        }
        else if (element.ValueKind == JsonValueKind.Object && Filter.Accepts(element, root))
        {
            result.Add(element);
        }
    }
}
