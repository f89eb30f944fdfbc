using System.Text.Json;

namespace IntegrationKit.Matching.Json;

/// <summary>JSON values as differences show them: with their type when that is what differs.</summary>
internal static class JsonText
{
    private const int Limit = 120;

    public static string Of(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length > Limit ? string.Concat(text.AsSpan(0, Limit), "…") : text;
    }

    public static string Child(string path, string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c == '_') ? $"{path}.{name}" : $"{path}['{name}']";

    public static string Difference(JsonElement? expected, JsonElement? actual)
    {
        if (expected is null)
        {
            return $"not expected, was {Of(actual!.Value)}";
        }

        if (actual is null)
        {
            return $"expected {Of(expected.Value)}, was missing";
        }

        return expected.Value.ValueKind == actual.Value.ValueKind
            ? $"expected {Of(expected.Value)}, was {Of(actual.Value)}"
            : $"expected {Of(expected.Value)} ({Kind(expected.Value)}), was {Of(actual.Value)} ({Kind(actual.Value)})";
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.String => "text",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
