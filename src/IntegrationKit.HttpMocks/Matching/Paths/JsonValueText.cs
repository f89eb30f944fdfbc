using System.Text.Json;
using IntegrationKit.Mappings;

namespace IntegrationKit.Matching.Paths;

/// <summary>A JSON value as the text a matcher or a template sees: strings bare, everything else as JSON.</summary>
internal static class JsonValueText
{
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object or JsonValueKind.Array => CompactJson.Of(value),
        _ => value.GetRawText(),
    };
}
