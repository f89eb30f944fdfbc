using IntegrationKit.Identity;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace IntegrationKit;

/// <summary>
/// Hosts the ASP.NET Core application of <typeparamref name="TEntryPoint"/> once per test that runs at the same time, next
/// to the databases and mocks declared in the derived constructor, and observes every request.
/// </summary>
/// <typeparam name="TEntryPoint">A type of the application's assembly, usually <c>Program</c>.</typeparam>
/// <example>
/// <code>
/// public sealed class ShopFixture : ApplicationFixture&lt;Program&gt;
/// {
///     public ShopFixture() => Setting("Features:Invoices", "true");
/// }
/// [assembly: AssemblyFixture(typeof(ShopFixture))]
/// </code>
/// </example>
/// <remarks>Thread-safe. Every member that belongs to a test (<see cref="Client"/>, <see cref="HostFixture{TEntryPoint}.Services"/>) answers for the calling test.</remarks>
public abstract class ApplicationFixture<TEntryPoint> : HostFixture<TEntryPoint>
    where TEntryPoint : class
{
#pragma warning disable CA2213 // the base class disposes every resource
    private IdentityProvider? identity;
    private bool testScheme;
#pragma warning restore CA2213

    /// <summary>Describes the application; nothing is started before the first test needs it.</summary>
    protected ApplicationFixture()
        : base(isWeb: true) => Options.ConfigureWebHost(ConfigureWebHost);

    /// <summary>
    /// The test's client to the application, without an identity; the same one for the whole test. Follows redirects and
    /// keeps cookies. Disposed with the test.
    /// </summary>
    public HttpClient Client => Application.Client;

    /// <summary>The identity provider declared with <see cref="UseIdentityProvider"/>.</summary>
    /// <exception cref="InvalidOperationException">The fixture declares none.</exception>
    public IdentityProvider Auth => identity ?? throw new InvalidOperationException(
        $"{FixtureName} declares no identity provider. Call UseIdentityProvider(\"Auth:Authority\") in its constructor, "
        + "with the configuration key from which the application reads the authority.");

    /// <summary>A further client of the test, for example one that does not follow redirects. Disposed with the test.</summary>
    public HttpClient CreateClient(WebApplicationFactoryClientOptions? clientOptions = null) => Application.CreateClient(clientOptions);

    /// <summary>A caller with a real, signed token of the test identity provider: <c>shop.As("ann").InRole("admin").Client</c>.</summary>
    /// <param name="user">Subject and name of the user.</param>
    /// <exception cref="InvalidOperationException">The fixture declares neither an identity provider nor the test scheme.</exception>
    public Caller As(string user) => testScheme && identity is null
        ? new Caller(TestScheme.Header, CreateClient, new Grant { User = user })
        : Auth.As(user, CreateClient);

    /// <inheritdoc cref="ApplicationOptions.UseKestrel"/>
    protected void UseKestrel() => Options.UseKestrel();

    /// <summary>Changes the web host, for example <c>builder.UseEnvironment("Staging")</c>. Runs once per host.</summary>
    protected virtual void ConfigureWebHost(IWebHostBuilder builder)
    {
    }

    /// <summary>
    /// Signs callers in without any token: <c>As("ann").InRole("admin")</c> is believed. For applications with cookies or
    /// remote sign-in, which a test cannot go through; it replaces the default scheme and every cookie scheme. Where an
    /// application validates tokens, <see cref="UseIdentityProvider"/> tests more.
    /// </summary>
    protected void UseTestScheme()
    {
        testScheme = true;
        Options.ConfigureServices(TestScheme.Register);
    }

    /// <summary>
    /// Starts an identity provider on a loopback port (discovery document, keys, real RS256 tokens) and points the
    /// application at it.
    /// </summary>
    /// <param name="authoritySetting">The configuration key from which the application reads its authority.</param>
    /// <param name="configure">Audience, claim names and life time of the tokens.</param>
    protected IdentityProvider UseIdentityProvider(string authoritySetting, Action<IdentityProviderOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(authoritySetting);
        var provider = new IdentityProviderOptions();
        configure?.Invoke(provider);
        Options.ConfigureServices(JwtBearerPatch.AllowLoopbackAuthority);
        return identity = Use(new IdentityProvider(authoritySetting, provider));
    }
}
