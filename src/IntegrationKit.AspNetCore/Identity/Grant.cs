using System.Text.Json.Nodes;

namespace IntegrationKit.Identity;

/// <summary>What a token is to say.</summary>
internal sealed record Grant
{
    private static readonly TimeSpan Off = TimeSpan.FromHours(1);

    public required string User { get; init; }
    public IReadOnlyList<string> Roles { get; init; } = [];
    public IReadOnlyList<string> Scopes { get; init; } = [];
    public IReadOnlyList<(string Type, string Value)> Extra { get; init; } = [];
    public TokenFault Fault { get; init; }

    public JsonObject Claims(string issuer, IdentityProviderOptions options)
    {
        var now = options.Clock.GetUtcNow();
        var (from, until) = Fault switch
        {
            TokenFault.Expired => (now - Off - options.Lifetime, now - Off),
            TokenFault.NotYetValid => (now + Off, now + Off + options.Lifetime),
            _ => (now.AddMinutes(-1), now + options.Lifetime),
        };
        var claims = new JsonObject
        {
            ["iss"] = Fault == TokenFault.WrongIssuer ? "https://another-issuer.example" : issuer,
            ["aud"] = Fault == TokenFault.WrongAudience ? "another-application" : options.Audience,
            ["sub"] = User,
            ["name"] = User,
            ["preferred_username"] = User,
            ["jti"] = Guid.NewGuid().ToString("n"),
            ["iat"] = from.ToUnixTimeSeconds(),
            ["nbf"] = from.ToUnixTimeSeconds(),
            ["exp"] = until.ToUnixTimeSeconds(),
        };
        Add(claims, options.RoleClaim, Roles);
        Add(claims, "scope", Scopes.Count == 0 ? [] : [string.Join(' ', Scopes)]);
        foreach (var group in Extra.GroupBy(claim => claim.Type, claim => claim.Value))
        {
            Add(claims, group.Key, [.. group]);
        }

        return claims;
    }

    private static void Add(JsonObject claims, string type, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            claims[type] = values.Count == 1 ? values[0] : new JsonArray([.. values.Select(value => (JsonNode)value)]);
        }
    }
}
