using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Respawn;
using Shop.Data;

[assembly: Shop.IntegrationTests.ResetBeforeEachTest]

namespace Shop.IntegrationTests;

/// <summary>
/// The Shop on what tutorials show: a PostgreSQL container, a factory with its settings, Respawn and the seed before each
/// test, WireMock.Net, tokens of a key the application is told to trust.
/// </summary>
public partial class ShopFixture : WebApplicationFactory<Program>, IAsyncLifetime
{
    private Respawner? respawner;

    public ShopFixture() => OfTheRun ??= this;

    /// <summary>The first one, for fixtures that share its server.</summary>
    public static ShopFixture? OfTheRun { get; private set; }

    public ShopServer Postgres { get; private set; } = null!;

    public SqlDatabase Database { get; private set; } = null!;

    public StubServer Payments { get; } = new();

    public ExportFolder Exports { get; } = new();

    public HttpClient Client => CreateClient();

    protected virtual string PaymentTimeout => "60";

    public async ValueTask InitializeAsync()
    {
        Postgres = await ServerAsync();
        Database = new SqlDatabase(Postgres.ConnectionString);
        using (var scope = Services.CreateScope())
        {
            await scope.ServiceProvider.GetRequiredService<ShopDbContext>().Database.MigrateAsync();
        }

        await using var connection = await Database.OpenAsync();
        respawner = await Respawner.CreateAsync(connection, new RespawnerOptions
        {
            DbAdapter = DbAdapter.Postgres,
            TablesToIgnore = ["__EFMigrationsHistory"],
            WithReseed = true,
        });
    }

    public async Task ResetAsync()
    {
        await using (var connection = await Database.OpenAsync())
        {
            await respawner!.ResetAsync(connection);
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "seed"), "*.sql", SearchOption.AllDirectories).Order())
        {
            await Database.ExecuteAsync(await File.ReadAllTextAsync(file));
        }

        Payments.Reset();
        Exports.Empty();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Database.DisposeAsync();
        Payments.Dispose();
        Exports.Dispose();
        if (OfTheRun == this || OfTheRun!.Postgres != Postgres)
        {
            await Postgres.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected virtual Task<ShopServer> ServerAsync() => ShopServer.StartAsync();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:Shop", Postgres.ConnectionString);
        builder.UseSetting("Payments:BaseUrl", Payments.Url);
        builder.UseSetting("Payments:TimeoutSeconds", PaymentTimeout);
        builder.UseSetting("Export:Folder", Exports.Path);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.ConfigureServices(services => services.PostConfigureAll<JwtBearerOptions>(options =>
        {
            options.ConfigurationManager = null;
            options.Configuration = new OpenIdConnectConfiguration();
            options.TokenValidationParameters.IssuerSigningKey = Tokens.Key;
            options.TokenValidationParameters.ValidIssuer = Tokens.Issuer;
            options.TokenValidationParameters.ValidAudience = "shop";
        }));
        builder.ConfigureServices(services => services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options =>
        {
            options.Authority = null;
            options.RequireHttpsMetadata = false;
        }));
    }
}
