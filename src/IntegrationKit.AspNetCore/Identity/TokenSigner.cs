using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace IntegrationKit.Identity;

/// <summary>Signs JSON web tokens with a key that lives as long as the run. Thread-safe.</summary>
internal sealed class TokenSigner
{
    private static readonly ConcurrentDictionary<string, Task<TokenSigner>> Signers = new(StringComparer.Ordinal);
    private static readonly Lazy<TokenSigner> LazyStranger = new(() => new TokenSigner());

    private readonly RSA key = RSA.Create(2048);
    private readonly Lock gate = new();
    private readonly string keyId = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
    private readonly string header;

    private TokenSigner() => header = Encode(new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = keyId });

    /// <summary>Signs with a key that no application trusts.</summary>
    public static TokenSigner Stranger => LazyStranger.Value;

    /// <summary>How every token of this signer begins; the key id makes it one of a kind.</summary>
    public string Prefix => header;

    /// <summary>The signer of that name. Keys take a tenth of a second to find, so fixtures of one name share theirs.</summary>
    public static Task<TokenSigner> OfAsync(string name) => Signers.GetOrAdd(name, _ => Task.Run(() => new TokenSigner()));

    public string Sign(JsonObject claims)
    {
        var content = $"{header}.{Encode(claims)}";
        lock (gate)
        {
            var signature = key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{content}.{Base64Url.EncodeToString(signature)}";
        }
    }

    /// <summary>Changes the claims after signing: another subject, the old signature.</summary>
    public static string Tamper(string token)
    {
        var parts = token.Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        claims["sub"] = "somebody-else";
        return $"{parts[0]}.{Encode(claims)}.{parts[2]}";
    }

    /// <summary>The public half as a JSON web key set.</summary>
    public JsonObject KeySet()
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["alg"] = "RS256",
                ["kid"] = keyId,
                ["n"] = Base64Url.EncodeToString(parameters.Modulus),
                ["e"] = Base64Url.EncodeToString(parameters.Exponent),
            }),
        };
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
