using Shop.Data;
using Shop.IntegrationTests;
using Shop.Orders;

[assembly: AssemblyFixture(typeof(ShopFixture))]

namespace Shop.IntegrationTests;

/// <summary>The Shop with its database, its payment provider and its identity provider; every test has its own.</summary>
public class ShopFixture : ApplicationFixture<Program>
{
    public ShopFixture()
    {
        Database = Use(new PostgresDatabase("shop", o => o
            .ConnectionString("ConnectionStrings:Shop").MigrateWith<ShopDbContext>().SeedFrom("seed")));
        Payments = Use(new HttpMock("payments", o => o
            .BaseAddress("Payments:BaseUrl").Mappings("mocks/payments").Contract("contracts/payments.json")));
        UseIdentityProvider("Auth:Authority", o => o.Audience = "shop");
        Setting("Payments:TimeoutSeconds", "1");
        Setting("Export:Folder", ExportFolder);
    }

    public PostgresDatabase Database { get; }

    public HttpMock Payments { get; }

    public string ExportFolder { get; } = Path.Combine(AppContext.BaseDirectory, "exports");

    public HttpClient Customer(string name = "ann") => As(name).Client;

    public HttpClient Admin() => As("olga").InRole("admin").Client;

    /// <summary>Places an order and returns it; fails the test when the Shop does not take it.</summary>
    public async Task<OrderView> OrderAsync(string sku, int quantity, string customer = "ann", bool payLater = false)
    {
        var response = await Customer(customer).PostAsJsonAsync("/orders", new NewOrder(sku, quantity, payLater));
        response.Should().HaveStatusCode(HttpStatusCode.Created);
        return (await response.Content.ReadFromJsonAsync<OrderView>())!;
    }

    public Task<int> StockOfAsync(string sku) =>
        Database.ScalarAsync<int>("select stock from products where sku = $1", sku);

    public async Task<string?> StatusOfAsync(OrderView order) =>
        await Database.ScalarAsync<string>("select status from orders where id = $1", order.Id);
}
