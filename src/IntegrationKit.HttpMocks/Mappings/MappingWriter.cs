using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationKit.Mappings;

/// <summary>Writes stub mappings as they were read or declared.</summary>
internal static class MappingWriter
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IEnumerable<StubMapping> mappings) =>
        new JsonObject { ["mappings"] = new JsonArray([.. mappings.Select(mapping => mapping.Source.DeepClone())]) }.ToJsonString(Indented);

    public static string Write(StubMapping mapping) => mapping.Source.ToJsonString(Indented);
}
