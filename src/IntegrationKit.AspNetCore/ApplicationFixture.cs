using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

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
/// <remarks>Thread-safe. Every member that belongs to a test (<see cref="Client"/>, <see cref="Services"/>) answers for the calling test.</remarks>
public abstract class ApplicationFixture<TEntryPoint> : IntegrationFixture
    where TEntryPoint : class
{
    private readonly ApplicationOptions options = new();
#pragma warning disable CA2213 // the base class disposes every resource
    private IdentityProvider? identity;
#pragma warning restore CA2213

    /// <summary>Describes the application; nothing is started before the first test needs it.</summary>
    protected ApplicationFixture()
    {
        Application = Application.Of<TEntryPoint>(typeof(TEntryPoint).Assembly.GetName().Name ?? typeof(TEntryPoint).Name, options);
        options.ConfigureServices(ConfigureServices).ConfigureWebHost(ConfigureWebHost);
    }

    /// <summary>The application as a resource: its clients, its services and its address.</summary>
    public Application Application { get; }

    /// <summary>
    /// The test's client to the application, without an identity; the same one for the whole test. Follows redirects and
    /// keeps cookies. Disposed with the test.
    /// </summary>
    public HttpClient Client => Application.Client;

    /// <summary>The services of the application that serves this test. Create a scope for scoped ones.</summary>
    public IServiceProvider Services => Application.Services;

    /// <summary>The identity provider declared with <see cref="UseIdentityProvider"/>.</summary>
    /// <exception cref="InvalidOperationException">The fixture declares none.</exception>
    public IdentityProvider Auth => identity ?? throw new InvalidOperationException(
        $"{FixtureName} declares no identity provider. Call UseIdentityProvider(\"Auth:Authority\") in its constructor, "
        + "with the configuration key from which the application reads the authority.");

    /// <summary>A further client of the test, for example one that does not follow redirects. Disposed with the test.</summary>
    public HttpClient CreateClient(WebApplicationFactoryClientOptions? clientOptions = null) => Application.CreateClient(clientOptions);

    /// <summary>A caller with a real, signed token of the test identity provider: <c>shop.As("ann").InRole("admin").Client</c>.</summary>
    /// <param name="user">Subject and name of the user.</param>
    public Caller As(string user) => Auth.As(user, CreateClient);

    /// <inheritdoc cref="ApplicationOptions.Setting"/>
    protected void Setting(string key, string? value) => options.Setting(key, value);

    /// <inheritdoc cref="ApplicationOptions.UseKestrel"/>
    protected void UseKestrel() => options.UseKestrel();

    /// <summary>Everything else about the hosting of the application.</summary>
    protected void Configure(Action<ApplicationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(options);
    }

    /// <summary>Adds or replaces services, after the application has registered its own. Runs once per host.</summary>
    protected virtual void ConfigureServices(IServiceCollection services)
    {
    }

    /// <summary>Changes the web host, for example <c>builder.UseEnvironment("Staging")</c>. Runs once per host.</summary>
    protected virtual void ConfigureWebHost(IWebHostBuilder builder)
    {
    }

    /// <summary>Declares a further application of the same system; it starts in the order of declaration, before this one.</summary>
    protected Application UseApplication<TOther>(string name, Action<ApplicationOptions>? configure = null)
        where TOther : class
    {
        var other = new ApplicationOptions();
        configure?.Invoke(other);
        return Use(Application.Of<TOther>(name, other));
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
        options.ConfigureServices(Identity.JwtBearerPatch.AllowLoopbackAuthority);
        return identity = Use(new IdentityProvider(authoritySetting, provider));
    }

    internal override void Complete() => Use(Application);
}
