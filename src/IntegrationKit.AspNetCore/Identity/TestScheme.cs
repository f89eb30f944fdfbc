using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IntegrationKit.Identity;

/// <summary>Believes who a caller says it is. Stands in for cookies and remote sign-in, which a test cannot go through.</summary>
internal sealed class TestScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "IntegrationKit";

    /// <summary>Runs after the application's own registrations: the scheme becomes the default, and cookie schemes forward to it.</summary>
    public static void Register(IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TestScheme>(Name, null);
        services.PostConfigure<AuthenticationOptions>(authentication =>
            authentication.DefaultScheme = authentication.DefaultAuthenticateScheme = authentication.DefaultChallengeScheme = authentication.DefaultForbidScheme = Name);
        services.PostConfigureAll<CookieAuthenticationOptions>(cookie =>
            cookie.ForwardAuthenticate = cookie.ForwardChallenge = cookie.ForwardForbid = Name);
    }

    public static AuthenticationHeaderValue Header(Grant grant)
    {
        if (grant.Fault != TokenFault.None)
        {
            throw new InvalidOperationException(
                $"The test scheme has no tokens that could be {grant.Fault}. Declare UseIdentityProvider for an application that validates tokens.");
        }

        var claims = new JsonArray([Claim(ClaimTypes.NameIdentifier, grant.User), Claim(ClaimTypes.Name, grant.User),
            .. grant.Roles.Select(role => Claim(ClaimTypes.Role, role)), .. grant.Scopes.Select(scope => Claim("scope", scope)),
            .. grant.Extra.Select(extra => Claim(extra.Type, extra.Value))]);
        return new AuthenticationHeaderValue(Name, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString())));
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header) || header is not { Scheme: Name, Parameter: { } parameter })
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parameter))!.AsArray()
            .Select(claim => new Claim((string)claim!["type"]!, (string)claim["value"]!));
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, Name)), Name);
        return Task.FromResult(AuthenticateResult.Success(ticket));
    }

    private static JsonNode Claim(string type, string value) => new JsonObject { ["type"] = type, ["value"] = value };
}
