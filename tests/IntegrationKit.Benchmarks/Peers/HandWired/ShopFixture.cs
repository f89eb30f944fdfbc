using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using Respawn;
using Shop.Data;
using Shop.IntegrationTests;
using Shop.Orders;

[assembly: AssemblyFixture(typeof(ShopFixture))]
[assembly: CollectionBehavior(DisableTestParallelization = true)] // one database, one mock: tests run one after the other
[assembly: ResetBeforeEachTest]

namespace Shop.IntegrationTests;

/// <summary>
/// The same Shop tests on what tutorials show: a factory, Respawn between tests, WireMock.Net, one collection. The server
/// comes from HANDWIRED_POSTGRES, because a container would need Docker; its start is measured with the script's.
/// </summary>
public class ShopFixture : WebApplicationFactory<Program>, IAsyncLifetime
{
    private static readonly SymmetricSecurityKey Key = new("a key for tests that is long enough"u8.ToArray());
    private readonly string connectionString = Environment.GetEnvironmentVariable("HANDWIRED_POSTGRES")
        ?? throw new InvalidOperationException("Set HANDWIRED_POSTGRES to a connection string.");

    private Respawner? respawner;

    public ShopFixture() => Instance = this;

    public static ShopFixture? Instance { get; private set; }

    public SqlDatabase Database { get; private set; } = null!;

    public StubServer Payments { get; } = new();

    public HttpClient Client => CreateClient();

    public string ExportFolder { get; } = Path.Combine(AppContext.BaseDirectory, "exports");

    public async ValueTask InitializeAsync()
    {
        Database = new SqlDatabase(connectionString);
        using (var scope = Services.CreateScope())
        {
            await scope.ServiceProvider.GetRequiredService<ShopDbContext>().Database.MigrateAsync();
        }

        await using var connection = await Database.OpenAsync();
        respawner = await Respawner.CreateAsync(connection, new RespawnerOptions { DbAdapter = DbAdapter.Postgres, TablesToIgnore = ["__EFMigrationsHistory"] });
    }

    public async Task ResetAsync()
    {
        await using var connection = await Database.OpenAsync();
        await respawner!.ResetAsync(connection);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "seed"), "*.sql", SearchOption.AllDirectories))
        {
            await Database.ExecuteAsync(await File.ReadAllTextAsync(file));
        }

        Payments.Reset();
    }

    public SignedIn As(string user) => new(this, user, []);

    public HttpClient Customer(string name = "ann") => As(name).Client;

    public HttpClient Admin() => As("olga").InRole("admin").Client;

    public async Task<OrderView> OrderAsync(string sku, int quantity, string customer = "ann", bool payLater = false)
    {
        var response = await Customer(customer).PostAsJsonAsync("/orders", new NewOrder(sku, quantity, payLater));
        response.Should().HaveStatusCode(HttpStatusCode.Created);
        return (await response.Content.ReadFromJsonAsync<OrderView>())!;
    }

    public Task<int> StockOfAsync(string sku) => Database.ScalarAsync<int>("select stock from products where sku = $1", sku);

    public async Task<string?> StatusOfAsync(OrderView order) => await Database.ScalarAsync<string>("select status from orders where id = $1", order.Id);

    internal static string Token(string user, IReadOnlyList<string> roles, TokenFault fault)
    {
        var key = fault is TokenFault.WrongKey or TokenFault.Tampered ? new SymmetricSecurityKey("another key that is long enough too"u8.ToArray()) : Key;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = fault == TokenFault.WrongIssuer ? "other" : "tests",
            Audience = fault == TokenFault.WrongAudience ? "other" : "shop",
            Expires = DateTime.UtcNow.AddHours(fault == TokenFault.Expired ? -1 : 2),
            NotBefore = DateTime.UtcNow.AddHours(fault == TokenFault.NotYetValid ? 1 : -2),
            IssuedAt = DateTime.UtcNow.AddHours(-2),
            Claims = new Dictionary<string, object> { ["sub"] = user, ["role"] = roles },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:Shop", connectionString);
        builder.UseSetting("Payments:BaseUrl", Payments.Url);
        builder.UseSetting("Payments:TimeoutSeconds", "1");
        builder.UseSetting("Export:Folder", ExportFolder);
        builder.ConfigureServices(services => services.PostConfigureAll<JwtBearerOptions>(options =>
        {
            options.ConfigurationManager = null;
            options.Configuration = new Microsoft.IdentityModel.Protocols.OpenIdConnect.OpenIdConnectConfiguration();
            options.TokenValidationParameters.IssuerSigningKey = Key;
            options.TokenValidationParameters.ValidIssuer = "tests";
            options.TokenValidationParameters.ValidAudience = "shop";
        }));
        builder.ConfigureServices(services => services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options =>
        {
            options.Authority = null;
            options.RequireHttpsMetadata = false;
        }));
    }
}

public sealed record SignedIn(ShopFixture Shop, string User, IReadOnlyList<string> Roles, TokenFault Fault = TokenFault.None)
{
    public HttpClient Client
    {
        get
        {
            var client = Shop.CreateClient();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ShopFixture.Token(User, Roles, Fault));
            return client;
        }
    }

    public SignedIn InRole(string role) => this with { Roles = [.. Roles, role] };

    public SignedIn With(TokenFault fault) => this with { Fault = fault };
}

public sealed class SqlDatabase(string connectionString)
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);

    public ValueTask<NpgsqlConnection> OpenAsync() => source.OpenConnectionAsync();

    public async Task<int> ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<T?> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public Task<long> CountAsync(string table, string? where = null, params object[] parameters) =>
        ScalarAsync<long>($"select count(*) from {table}{(where is null ? "" : $" where {where}")}", parameters);

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
