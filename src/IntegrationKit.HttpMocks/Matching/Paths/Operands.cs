using System.Text.Json;
using System.Text.RegularExpressions;

namespace IntegrationKit.Matching.Paths;

/// <summary>One side of a comparison.</summary>
internal abstract record Operand
{
    /// <summary>Null when there is no such value.</summary>
    public abstract JsonElement? Value(JsonElement current, JsonElement root);
}

internal sealed record LiteralOperand(JsonElement Literal) : Operand
{
    public override JsonElement? Value(JsonElement current, JsonElement root) => Literal;
}

internal sealed record RegexOperand(Regex Regex) : Operand
{
    public override JsonElement? Value(JsonElement current, JsonElement root) => null;
}

internal sealed record PathOperand(JsonPath Path, bool FromRoot) : Operand
{
    public IReadOnlyList<JsonElement> Find(JsonElement current, JsonElement root) => Path.Evaluate(FromRoot ? root : current, root);

    public override JsonElement? Value(JsonElement current, JsonElement root)
    {
        var found = Find(current, root);
        return Path.IsDefinite
            ? found.Count == 0 ? null : found[0]
            : JsonSerializer.SerializeToElement(found);
    }
}

/// <summary>The functions of RFC 9535.</summary>
internal sealed record CallOperand(string Name, IReadOnlyList<Operand> Arguments) : Operand
{
    public static bool IsKnown(string name) => name is "length" or "count" or "match" or "search" or "value";

    public override JsonElement? Value(JsonElement current, JsonElement root)
    {
        if (Name is "count" or "value" && Arguments is [PathOperand path])
        {
            var found = path.Find(current, root);
            return Name == "count" ? JsonSerializer.SerializeToElement(found.Count) : found.Count == 1 ? found[0] : null;
        }

        var first = Arguments.Count > 0 ? Arguments[0].Value(current, root) : null;
        if (Name == "length")
        {
            return first is { ValueKind: JsonValueKind.String } text
                ? JsonSerializer.SerializeToElement(text.GetString()!.Length)
                : first is { } value ? FunctionSegment.Length(value) : null;
        }

        return JsonSerializer.SerializeToElement(Matches(first, Arguments.Count > 1 ? Arguments[1].Value(current, root) : null));
    }

    private bool Matches(JsonElement? value, JsonElement? pattern)
    {
        if (value is not { ValueKind: JsonValueKind.String } text || pattern is not { ValueKind: JsonValueKind.String } regex)
        {
            return false;
        }

        var anywhere = Name == "search" ? $"(?s:.*)(?:{regex.GetString()})(?s:.*)" : regex.GetString()!;
        return RegexMatcher.FullMatch(JavaRegex.Compile(anywhere), text.GetString()!);
    }
}
