using System.Text;
using System.Text.Json;
using IntegrationKit.Mappings;

namespace IntegrationKit.Templating;

/// <summary>JSON over several lines as WireMock prints it: <c>"a" : 1</c>, arrays on one line.</summary>
internal static class JavaJson
{
    public static string Pretty(JsonElement value)
    {
        var text = new StringBuilder();
        Write(value, 0, text);
        return text.ToString();
    }

    private static void Write(JsonElement value, int depth, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                var separator = "{\n";
                foreach (var member in value.EnumerateObject())
                {
                    text.Append(separator).Append(' ', depth * 2 + 2).Append(JsonSerializer.Serialize(member.Name)).Append(" : ");
                    Write(member.Value, depth + 1, text);
                    separator = ",\n";
                }

                text.Append('\n').Append(' ', depth * 2).Append('}');
                return;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                var start = "[ ";
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(start);
                    Write(item, depth, text);
                    start = ", ";
                }

                text.Append(" ]");
                return;
            default:
                text.Append(CompactJson.Of(value));
                return;
        }
    }
}
