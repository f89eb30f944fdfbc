using System.Text.Json;

namespace IntegrationKit.Schemas;

/// <summary>
/// JSON Schema validation over the keywords that test suites and OpenAPI documents use, drafts 4 to 2020-12 and OpenAPI's
/// <c>nullable</c>. References are resolved inside the document. Immutable, thread-safe.
/// </summary>
/// <param name="Root">The document references are resolved in.</param>
/// <param name="Schema">The schema itself, a part of the root.</param>
/// <param name="Version">The draft it is read by.</param>
internal sealed record JsonSchema(JsonElement Root, JsonElement Schema, SchemaVersion Version = SchemaVersion.Any)
{
    public JsonSchema(JsonElement schema, SchemaVersion version)
        : this(schema, schema, schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$schema", out var uri) && uri.ValueKind == JsonValueKind.String
            ? version.Or(uri.GetString())
            : version)
    {
    }

    /// <summary>Draft 4 writes exclusive limits as flags, later drafts as numbers: such a schema validates nothing.</summary>
    private bool IsOfItsDraft { get; } = Version is SchemaVersion.Any or SchemaVersion.V4 || !HasFlagLimit(Schema);

    /// <summary>Where the value breaks the schema, each as <c>$.path: problem</c>; empty when it is valid.</summary>
    public IReadOnlyList<string> Validate(JsonElement value, bool refuseUndeclared = false)
    {
        if (!IsOfItsDraft)
        {
            return ["$: the schema writes exclusive limits as draft 4 does, and says it is of a later draft"];
        }

        var validation = new SchemaValidation(Root, Version, refuseUndeclared);
        validation.Check(Schema, value, "$");
        return validation.Problems;
    }

    private static bool HasFlagLimit(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Array => schema.EnumerateArray().Any(HasFlagLimit),
        JsonValueKind.Object => schema.EnumerateObject().Any(member => member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? member.Name is "exclusiveMinimum" or "exclusiveMaximum"
            : HasFlagLimit(member.Value)),
        _ => false,
    };
}
