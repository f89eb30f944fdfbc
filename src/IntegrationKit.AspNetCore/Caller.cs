using System.Net.Http.Headers;
using IntegrationKit.Identity;
using Microsoft.AspNetCore.Mvc.Testing;

namespace IntegrationKit;

/// <summary>
/// Somebody who calls the application with a token of the test identity provider. Immutable: every method gives a new
/// caller. <c>shop.As("ann").InRole("admin").Client</c>.
/// </summary>
public sealed class Caller
{
    private readonly Func<Grant, AuthenticationHeaderValue> authorization;
    private readonly Func<WebApplicationFactoryClientOptions?, HttpClient> createClient;
    private readonly Grant grant;
    private readonly Lazy<HttpClient> client;

    internal Caller(Func<Grant, AuthenticationHeaderValue> authorization, Func<WebApplicationFactoryClientOptions?, HttpClient> createClient, Grant grant)
    {
        this.authorization = authorization;
        this.createClient = createClient;
        this.grant = grant;
        client = new Lazy<HttpClient>(() => CreateClient());
    }

    /// <summary>A client that sends the token with every request; the same one every time. Disposed with the test.</summary>
    public HttpClient Client => client.Value;

    /// <summary>A freshly signed token, without <c>Bearer</c>, for requests the test makes in another way.</summary>
    public string Token => authorization(grant).Parameter!;

    /// <summary>Adds roles.</summary>
    public Caller InRole(params string[] roles) => With(grant with { Roles = [.. grant.Roles, .. roles] });

    /// <summary>Adds scopes; they are sent in one <c>scope</c> claim, separated by blanks.</summary>
    public Caller WithScope(params string[] scopes) => With(grant with { Scopes = [.. grant.Scopes, .. scopes] });

    /// <summary>Adds a claim; the same type again makes an array.</summary>
    public Caller WithClaim(string type, string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        return With(grant with { Extra = [.. grant.Extra, (type, value)] });
    }

    /// <summary>Makes the token one that the application has to refuse with 401.</summary>
    public Caller With(TokenFault fault) => With(grant with { Fault = fault });

    /// <summary>A further client with the token. Disposed with the test.</summary>
    public HttpClient CreateClient(WebApplicationFactoryClientOptions? options = null)
    {
        var made = createClient(options);
        made.DefaultRequestHeaders.Authorization = authorization(grant);
        return made;
    }

    private Caller With(Grant changed) => new(authorization, createClient, changed);
}
