using Shop.Data;
using Shop.IntegrationTests;
using Shop.Orders;

[assembly: AssemblyFixture(typeof(ShopFixture))]
[assembly: TestCollectionOrderer(typeof(SlowestFirst))]

namespace Shop.IntegrationTests;

/// <summary>The Shop with everything around it; every test has its own.</summary>
public class ShopFixture : ApplicationFixture<Program>
{
    public ShopFixture()
    {
        Database = UsePostgres("shop", o => o
            .ConnectionString("ConnectionStrings:Shop").MigrateWith<ShopDbContext>().SeedFrom("seed"));
        Payments = UseHttpMock("payments", o => o
            .BaseAddress("Payments:BaseUrl").Mappings("mocks/payments").Contract("contracts/payments.json"));
        Exports = UseFiles("exports", "Export:Folder");
        Clock = UseClock();
        UseIdentityProvider("Auth:Authority", o => o.Audience = "shop");
        Setting("Payments:TimeoutSeconds", "60");
    }

    public PostgresDatabase Database { get; }

    public HttpMock Payments { get; }

    public FileSandbox Exports { get; }

    public TestClock Clock { get; }

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

    public Task<string?> StatusOfAsync(OrderView order) =>
        Database.ScalarAsync<string>("select status from orders where id = $1", order.Id);
}
