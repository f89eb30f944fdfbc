using System.Text.Json;

namespace IntegrationKit.Matching.Paths;

/// <summary>A condition in <c>[?(…)]</c>.</summary>
internal abstract record Filter
{
    public abstract bool Accepts(JsonElement current, JsonElement root);
}

internal sealed record AndFilter(Filter Left, Filter Right) : Filter
{
    public override bool Accepts(JsonElement current, JsonElement root) => Left.Accepts(current, root) && Right.Accepts(current, root);
}

internal sealed record OrFilter(Filter Left, Filter Right) : Filter
{
    public override bool Accepts(JsonElement current, JsonElement root) => Left.Accepts(current, root) || Right.Accepts(current, root);
}

internal sealed record NotFilter(Filter Inner) : Filter
{
    public override bool Accepts(JsonElement current, JsonElement root) => !Inner.Accepts(current, root);
}

/// <summary>A path alone: it has to find something. A function alone: it has to be true.</summary>
internal sealed record ExistsFilter(Operand Operand) : Filter
{
    public override bool Accepts(JsonElement current, JsonElement root) => Operand is PathOperand path
        ? path.Find(current, root).Count > 0
        : Operand.Value(current, root) is { ValueKind: not (JsonValueKind.False or JsonValueKind.Null) };
}

internal sealed record CompareFilter(Operand Left, string Operator, Operand Right) : Filter
{
    public override bool Accepts(JsonElement current, JsonElement root)
    {
        var left = Left.Value(current, root);
        if (Right is RegexOperand regex)
        {
            return Operator == "=~" && left is { ValueKind: JsonValueKind.String } text
                && RegexMatcher.FullMatch(regex.Regex, text.GetString()!);
        }

        return Operators.Compare(left, Operator, Right.Value(current, root));
    }
}
