using System.Globalization;
using System.Text.Json;
using IntegrationKit.Matching.Json;

namespace IntegrationKit.Matching.Paths;

/// <summary>The comparison operators of filters. A missing value equals nothing.</summary>
internal static class Operators
{
    /// <summary>Longest first, for the parser.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "subsetof", "contains", "noneof", "anyof", "empty", "size", "nin", "===", "!==", "in", "==", "!=", "<=", ">=", "=~", "<", ">",
    ];

    private static readonly JsonComparison Strict = new(ignoreArrayOrder: false, ignoreExtra: false);

    public static bool Compare(JsonElement? left, string name, JsonElement? right) => name switch
    {
        "==" or "===" => Same(left, right),
        "!=" or "!==" => !Same(left, right),
        "<" => Order(left, right) < 0,
        "<=" => Order(left, right) <= 0,
        ">" => Order(left, right) > 0,
        ">=" => Order(left, right) >= 0,
        "in" => Items(right).Any(item => Same(left, item)),
        "nin" => !Items(right).Any(item => Same(left, item)),
        "subsetof" => IsArray(left) && Items(left).All(item => Items(right).Any(other => Same(item, other))),
        "anyof" => IsArray(left) && Items(left).Any(item => Items(right).Any(other => Same(item, other))),
        "noneof" => IsArray(left) && !Items(left).Any(item => Items(right).Any(other => Same(item, other))),
        "contains" => Contains(left, right),
        "size" => Size(left) is { } size && right is { ValueKind: JsonValueKind.Number } number && number.GetDouble() == size,
        "empty" => Size(left) is { } length && right is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag && length == 0 == flag.GetBoolean(),
        _ => false,
    };

    /// <summary>A number equals a text that says the same number, in both directions.</summary>
    private static bool Same(JsonElement? left, JsonElement? right) => (left, right) switch
    {
        ({ ValueKind: JsonValueKind.Number } number, { ValueKind: JsonValueKind.String } text) => SaysNumber(text, number),
        ({ ValueKind: JsonValueKind.String } text, { ValueKind: JsonValueKind.Number } number) => text.GetString() == number.GetRawText(),
        ({ } one, { } other) => Strict.Equal(one, other),
        _ => false,
    };

    private static bool SaysNumber(JsonElement text, JsonElement number) =>
        decimal.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var said) && number.TryGetDecimal(out var value) && said == value;

    private static int? Order(JsonElement? left, JsonElement? right) => (left, right) switch
    {
        ({ ValueKind: JsonValueKind.Number } one, { ValueKind: JsonValueKind.Number } other) => one.GetDouble().CompareTo(other.GetDouble()),
        ({ ValueKind: JsonValueKind.String } one, { ValueKind: JsonValueKind.String } other) => string.CompareOrdinal(one.GetString(), other.GetString()),
        _ => null,
    };

    private static bool IsArray(JsonElement? value) => value is { ValueKind: JsonValueKind.Array };

    private static IEnumerable<JsonElement> Items(JsonElement? value) => IsArray(value) ? value!.Value.EnumerateArray() : [];

    private static bool Contains(JsonElement? left, JsonElement? right) => left switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Any(item => Same(item, right)),
        { ValueKind: JsonValueKind.String } text => right is { ValueKind: JsonValueKind.String } part
            && text.GetString()!.Contains(part.GetString()!, StringComparison.Ordinal),
        _ => false,
    };

    private static int? Size(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Array } list => list.GetArrayLength(),
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Length,
        _ => null,
    };
}
