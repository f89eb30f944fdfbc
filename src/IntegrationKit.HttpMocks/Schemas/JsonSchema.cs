using System.Text.Json;

namespace IntegrationKit.Schemas;

/// <summary>
/// JSON Schema validation over the keywords that test suites and OpenAPI documents use, drafts 4 to 2020-12 and OpenAPI's
/// <c>nullable</c>. References are resolved inside the document. Immutable, thread-safe.
/// </summary>
/// <param name="Root">The document references are resolved in.</param>
/// <param name="Schema">The schema itself, a part of the root.</param>
internal sealed record JsonSchema(JsonElement Root, JsonElement Schema)
{
    public JsonSchema(JsonElement schema)
        : this(schema, schema)
    {
    }

    /// <summary>Where the value breaks the schema, each as <c>$.path: problem</c>; empty when it is valid.</summary>
    public IReadOnlyList<string> Validate(JsonElement value, bool refuseUndeclared = false)
    {
        var validation = new SchemaValidation(Root, refuseUndeclared);
        validation.Check(Schema, value, "$");
        return validation.Problems;
    }
}
