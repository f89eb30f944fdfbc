using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Shop.IntegrationTests;

/// <summary>Tokens that the application is told to trust.</summary>
public static class Tokens
{
    public const string Issuer = "tests";

    public static SymmetricSecurityKey Key { get; } = new("a key for tests that is long enough"u8.ToArray());

    public static string For(string user, IReadOnlyList<string> roles, TokenFault fault)
    {
        var key = fault is TokenFault.WrongKey or TokenFault.Tampered ? new SymmetricSecurityKey("another key that is long enough too"u8.ToArray()) : Key;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = fault == TokenFault.WrongIssuer ? "other" : Issuer,
            Audience = fault == TokenFault.WrongAudience ? "other" : "shop",
            Expires = DateTime.UtcNow.AddHours(fault == TokenFault.Expired ? -1 : 2),
            NotBefore = DateTime.UtcNow.AddHours(fault == TokenFault.NotYetValid ? 1 : -2),
            IssuedAt = DateTime.UtcNow.AddHours(-2),
            Claims = new Dictionary<string, object> { ["sub"] = user, ["role"] = roles },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }
}
