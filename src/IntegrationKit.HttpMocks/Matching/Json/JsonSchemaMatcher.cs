using System.Text.Json;
using IntegrationKit.Requests;
using IntegrationKit.Schemas;

namespace IntegrationKit.Matching.Json;

/// <summary><c>matchesJsonSchema</c>. A body that is no object and no array may also be valid as a text, as in WireMock.</summary>
internal sealed class JsonSchemaMatcher(JsonElement schema, SchemaVersion version) : ValueMatcher
{
    private readonly JsonSchema validator = new(schema, version);

    public override string Expected => "JSON of the schema " + JsonText.Of(schema);

    public override bool Matches(MockBody body) => body.MatchText is not null && Problems(body).Count == 0;

    public override bool Matches(string? value)
    {
        using var body = MockBody.Of(value ?? "");
        return Matches(body);
    }

    public override IEnumerable<string> Differences(string? value)
    {
        using var body = MockBody.Of(value ?? "");
        return body.MatchText is null ? base.Differences(value) : Problems(body).Take(8);
    }

    private IReadOnlyList<string> Problems(MockBody body)
    {
        var asText = JsonSerializer.SerializeToElement(body.Text);
        var problems = validator.Validate(body.Json ?? asText);
        return problems.Count > 0 && body.Json is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) } && validator.Validate(asText).Count == 0
            ? []
            : problems;
    }
}
