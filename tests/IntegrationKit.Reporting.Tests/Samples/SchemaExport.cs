using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace IntegrationKit.Samples;

/// <summary>
/// JSON Schema of a type as the report writes it: what is null is absent, so nothing is nullable and only what is always
/// written is required. Closed sets of words come from <see cref="AllowedValuesAttribute"/>, texts from the documentation.
/// </summary>
internal static partial class SchemaExport
{
    private static readonly Dictionary<string, string> Documentation = XDocument.Load(Path.ChangeExtension(typeof(Model.IntegrationReport).Assembly.Location, ".xml"))
        .Descendants("member").Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!), StringComparer.Ordinal);

    public static string Of(string id, Type type, JsonSerializerOptions options)
    {
        var exporting = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["$id"] = id, ["title"] = "Integration report" };
        foreach (var (name, value) in options.GetJsonSchemaAsNode(type, exporting).AsObject().ToList())
        {
            schema[name] = value?.DeepClone();
        }

        return schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        // What stands somewhere else is described there.
        if (node is not JsonObject schema || schema.ContainsKey("$ref"))
        {
            return node;
        }

        if (schema["type"] is JsonArray types)
        {
            var left = types.Select(type => type!.GetValue<string>()).Where(type => type != "null").ToList();
            schema["type"] = left.Count == 1 ? left[0] : new JsonArray([.. left.Select(type => (JsonNode)type)]);
        }

        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            schema.Remove("required");
            schema["required"] = new JsonArray([.. context.TypeInfo.Properties.Where(IsAlwaysWritten).Select(property => (JsonNode)property.Name)]);
        }

        if (Attribute<AllowedValuesAttribute>(context.PropertyInfo) is { } allowed)
        {
            schema["enum"] = new JsonArray([.. allowed.Values.Select(value => JsonValue.Create((string)value!))]);
        }

        return Description(context) is { } description ? Described(schema, description) : schema;
    }

    private static bool IsAlwaysWritten(JsonPropertyInfo property) => !property.IsGetNullable && Nullable.GetUnderlyingType(property.PropertyType) is null
        && Attribute<JsonIgnoreAttribute>(property)?.Condition is not JsonIgnoreCondition.WhenWritingDefault;

    private static T? Attribute<T>(JsonPropertyInfo? property)
        where T : Attribute => property?.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: false).OfType<T>().FirstOrDefault();

    private static string? Description(JsonSchemaExporterContext context) =>
        context.PropertyInfo?.AttributeProvider is MemberInfo member && Documentation.TryGetValue($"P:{member.DeclaringType!.FullName}.{member.Name}", out var ofProperty) ? ofProperty
        : Documentation.GetValueOrDefault($"T:{context.TypeInfo.Type.FullName}");

    private static JsonObject Described(JsonObject schema, string description)
    {
        var described = new JsonObject { ["description"] = description };
        foreach (var (name, value) in schema.ToList())
        {
            described[name] = value?.DeepClone();
        }

        return described;
    }

    private static string Text(XElement summary) => Spaces().Replace(
        string.Concat(summary.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")!.Value.Split('.')[^1],
            XElement element => element.Value,
            _ => "",
        })), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
