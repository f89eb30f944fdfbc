using System.Text.Json;

namespace IntegrationKit.Matching.Json;

/// <summary>The placeholders of json-unit inside an expected document.</summary>
internal static class JsonPlaceholder
{
    private const string RegexStart = "{json-unit.regex}";

    /// <returns>False when the expected value is no placeholder.</returns>
    public static bool TryMatch(JsonElement expected, JsonElement actual, out bool accepted)
    {
        accepted = false;
        if (expected.ValueKind != JsonValueKind.String || !IsPlaceholder(expected, out var name))
        {
            return false;
        }

        switch (name)
        {
            case "{json-unit.ignore}" or "{json-unit.ignore-element}":
                accepted = true;
                return true;
            case "{json-unit.any-string}":
                accepted = actual.ValueKind == JsonValueKind.String;
                return true;
            case "{json-unit.any-number}":
                accepted = actual.ValueKind == JsonValueKind.Number;
                return true;
            case "{json-unit.any-boolean}":
                accepted = actual.ValueKind is JsonValueKind.True or JsonValueKind.False;
                return true;
            case var regex when regex.StartsWith(RegexStart, StringComparison.Ordinal):
                accepted = actual.ValueKind == JsonValueKind.String
                    && RegexMatcher.FullMatch(JavaRegex.Compile(regex[RegexStart.Length..]), actual.GetString()!);
                return true;
            default:
                return false;
        }
    }

    public static bool AcceptsMissing(JsonElement expected) =>
        expected.ValueKind == JsonValueKind.String && IsPlaceholder(expected, out var name) && name == "{json-unit.ignore-element}";

    private static bool IsPlaceholder(JsonElement expected, out string name)
    {
        var text = expected.GetString()!;
        name = text.Length > 3 && text[0] is '$' or '#' && text[1] == '{' ? text[1..] : "";
        return name.Length > 0;
    }
}
