using System.Text.Json.Nodes;
using IntegrationKit.Hosting;
using IntegrationKit.Observations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IntegrationKit.Identity;

/// <summary>Serves the discovery document and the keys on a free loopback port.</summary>
internal sealed class IdentityServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private IdentityServer(WebApplication application)
    {
        this.application = application;
        Address = application.Urls.First().TrimEnd('/');
        var uri = new Uri(Address);
        KnownHosts.Register(uri.Host, uri.Port, KnownHosts.Kit);
    }

    public string Address { get; }

    public static async Task<IdentityServer> StartAsync(TokenSigner signer, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Run(context => AnswerAsync(context, signer));
        await Detached.RunAsync(() => server.StartAsync(cancellationToken)).ConfigureAwait(false);
        return new IdentityServer(server);
    }

    /// <summary>The address stays known: an application may ask for keys once more after its test.</summary>
    public ValueTask DisposeAsync() => application.DisposeAsync();

    private static Task AnswerAsync(HttpContext context, TokenSigner signer)
    {
        var issuer = $"http://{context.Request.Host}";
        var answer = context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => Discovery(issuer),
            "/.well-known/jwks.json" => signer.KeySet(),
            _ => null,
        };
        if (answer is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }

    private static JsonObject Discovery(string issuer) => new()
    {
        ["issuer"] = issuer,
        ["jwks_uri"] = $"{issuer}/.well-known/jwks.json",
        ["authorization_endpoint"] = $"{issuer}/authorize",
        ["token_endpoint"] = $"{issuer}/token",
        ["response_types_supported"] = new JsonArray("code"),
        ["subject_types_supported"] = new JsonArray("public"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
    };
}
