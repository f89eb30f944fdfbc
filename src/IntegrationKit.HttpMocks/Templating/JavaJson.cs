using System.Text;
using System.Text.Json;
using IntegrationKit.Mappings;

namespace IntegrationKit.Templating;

/// <summary>JSON over several lines as WireMock prints it: <c>"a" : 1</c>, arrays on one line.</summary>
internal static class JavaJson
{
    /// <param name="value">The value.</param>
    /// <param name="asMap">As a Java map is printed: members that are null left out, numbers as doubles.</param>
    public static string Pretty(JsonElement value, bool asMap = false)
    {
        var text = new StringBuilder();
        Write(value, 0, text, asMap);
        return text.ToString();
    }

    private static void Write(JsonElement value, int depth, StringBuilder text, bool asMap)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                var separator = "{\n";
                foreach (var member in value.EnumerateObject().Where(member => !asMap || member.Value.ValueKind != JsonValueKind.Null))
                {
                    text.Append(separator).Append(' ', depth * 2 + 2).Append(JsonSerializer.Serialize(member.Name)).Append(" : ");
                    Write(member.Value, depth + 1, text, asMap);
                    separator = ",\n";
                }

                text.Append('\n').Append(' ', depth * 2).Append('}');
                return;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                var start = "[ ";
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(start);
                    Write(item, depth, text, asMap);
                    start = ", ";
                }

                text.Append(" ]");
                return;
            case JsonValueKind.Object:
                text.Append("{ }");
                return;
            case JsonValueKind.Array:
                text.Append("[ ]");
                return;
            case JsonValueKind.Number when asMap:
                text.Append(TemplateText.Of(JsonValues.Of(value)));
                return;
            default:
                text.Append(CompactJson.Of(value));
                return;
        }
    }
}
