using System.Text.Json;

namespace IntegrationKit.Matching.Paths;

/// <summary>A function at the end of a path: <c>$.lines.length()</c>.</summary>
internal sealed record FunctionSegment(string Name, IReadOnlyList<Operand> Arguments) : Segment
{
    public static bool IsKnown(string name) => name is "length" or "size" or "min" or "max" or "avg" or "sum" or "stddev"
        or "keys" or "concat" or "append" or "first" or "last" or "index";

    public override bool IsDefinite => true;

    public override void Select(JsonElement element, JsonElement root, List<JsonElement> result) =>
        throw new NotSupportedException("functions stand at the end of a path");

    public JsonElement? Apply(JsonElement? subject, JsonElement root)
    {
        if (subject is not { } value)
        {
            return null;
        }

        if (Arguments.Any(argument => argument is PathOperand && argument.Value(value, root) is null))
        {
            return null;
        }

        var arguments = Arguments.Select(argument => argument.Value(value, root)).OfType<JsonElement>().ToArray();
        return Name switch
        {
            "length" or "size" => Length(value),
            "keys" => value.ValueKind == JsonValueKind.Object ? Of(value.EnumerateObject().Select(member => member.Name).ToArray()) : null,
            "concat" => Of(string.Concat(Texts(value).Concat(arguments.Select(JsonValueText.Of)))),
            "append" => value.ValueKind == JsonValueKind.Array ? Of(value.EnumerateArray().Concat(arguments).ToArray()) : null,
            "first" => At(value, 0),
            "last" => At(value, -1),
            "index" => arguments is [{ ValueKind: JsonValueKind.Number } at, ..] ? At(value, at.GetInt32()) : null,
            _ => Aggregate(Numbers(value).Concat(arguments.SelectMany(Numbers)).ToArray()),
        };
    }

    public static JsonElement? Length(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => Of(value.GetArrayLength()),
        JsonValueKind.Object => Of(value.EnumerateObject().Count()),
        _ => null,
    };

    private static JsonElement Of<T>(T value) => JsonSerializer.SerializeToElement(value);

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(JsonValueText.Of)
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!] : [];

    private static IEnumerable<double> Numbers(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Number).Select(item => item.GetDouble()),
        JsonValueKind.Number => [value.GetDouble()],
        _ => [],
    };

    private static JsonElement? At(JsonElement value, int index)
    {
        List<JsonElement> found = [];
        new IndexSegment([index]).Select(value, value, found);
        return found.Count > 0 ? found[0] : null;
    }

    private JsonElement? Aggregate(double[] numbers)
    {
        if (numbers.Length == 0)
        {
            return null;
        }

        var average = numbers.Average();
        return Of(Name switch
        {
            "min" => numbers.Min(),
            "max" => numbers.Max(),
            "sum" => numbers.Sum(),
            "avg" => average,
            _ => Math.Sqrt(numbers.Sum(number => (number - average) * (number - average)) / numbers.Length),
        });
    }
}
