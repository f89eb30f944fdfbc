using System.Net.Http.Headers;
using IntegrationKit.Identity;
using IntegrationKit.Journal;
using IntegrationKit.Recording;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;

namespace IntegrationKit;

/// <summary>
/// An OpenID Connect provider for tests on a loopback port: discovery document, signing keys and real RS256 tokens, so that
/// the application's own token validation is what is tested. Shared by all tests of the fixture. Thread-safe.
/// </summary>
public sealed class IdentityProvider : IntegrationResource
{
    private readonly string authoritySetting;
    private readonly IdentityProviderOptions options;
    private readonly Task<TokenSigner> preparing;
    private TokenSigner? signer;
    private IdentityServer? server;

    internal IdentityProvider(string authoritySetting, IdentityProviderOptions options)
        : base("identity")
    {
        this.authoritySetting = authoritySetting;
        this.options = options;
        preparing = TokenSigner.OfAsync(authoritySetting); // beside the start of the databases
    }

    /// <summary>The issuer of the tokens and the address of the discovery document, without a trailing slash.</summary>
    /// <exception cref="InvalidOperationException">The fixture has not started yet.</exception>
    public string Authority => server?.Address ?? throw new InvalidOperationException("The identity provider starts with its fixture.");

    /// <summary>A caller whose token can be read with <see cref="Caller.Token"/>; its clients go to the fixture's application.</summary>
    /// <param name="user">Subject and name of the user.</param>
    public Caller As(string user) => As(user, _ => throw new InvalidOperationException(
        "This caller has tokens only. Take callers with clients from the fixture: shop.As(\"ann\")."));

    internal Caller As(string user, Func<Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactoryClientOptions?, HttpClient> createClient)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        return new Caller(wanted => new AuthenticationHeaderValue("Bearer", Issue(wanted)), createClient, new Grant { User = user });
    }

    internal string Issue(Grant grant)
    {
        var issuer = Authority;
        var by = grant.Fault == TokenFault.WrongKey ? TokenSigner.Stranger : signer!;
        Recorder.Current?.Redactor.RegisterPrefix(by.Prefix);
        var token = by.Sign(grant.Claims(issuer, options));
        return grant.Fault == TokenFault.Tampered ? TokenSigner.Tamper(token) : token;
    }

    /// <inheritdoc/>
    internal override async Task StartAsync(FixtureContext context, CancellationToken cancellationToken)
    {
        signer = await preparing.ConfigureAwait(false);
        server = await IdentityServer.StartAsync(signer, cancellationToken).ConfigureAwait(false);
        Recorder.Observe(new ResourceReported
        {
            Resource = "identity",
            Kind = "identity_provider",
            Name = Name,
            Provider = "in_process",
            Reason = "declared with UseIdentityProvider",
            Endpoint = "http://127.0.0.1 (free port)",
            State = "ready",
        });
    }

    /// <inheritdoc/>
    internal override Task PrepareAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        lane.Settings[authoritySetting] = Authority;
        if (options.AudienceSetting is { } key)
        {
            lane.Settings[key] = options.Audience;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }
}
