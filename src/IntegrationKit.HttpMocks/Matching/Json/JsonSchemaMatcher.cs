using System.Text.Json;
using IntegrationKit.Requests;
using IntegrationKit.Schemas;

namespace IntegrationKit.Matching.Json;

/// <summary><c>matchesJsonSchema</c>. A body that is no JSON counts as a JSON text, as in WireMock.</summary>
internal sealed class JsonSchemaMatcher(JsonElement schema) : ValueMatcher
{
    private readonly JsonSchema validator = new(schema);

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

    private IReadOnlyList<string> Problems(MockBody body) => validator.Validate(body.Json ?? JsonSerializer.SerializeToElement(body.Text));
}
