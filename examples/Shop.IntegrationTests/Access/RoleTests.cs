using Shop.Products;

namespace Shop.IntegrationTests.Access;

public sealed class RoleTests(ShopFixture shop)
{
    [Fact]
    public async Task A_customer_cannot_add_products()
    {
        var response = await shop.Customer().PostAsJsonAsync("/products", new NewProduct("E5", "Emery", 90, 7));

        response.Should().HaveStatusCode(HttpStatusCode.Forbidden);
        (await shop.Database.CountAsync("products")).Should().Be(4);
    }

    [Fact]
    public async Task A_customer_cannot_change_products()
    {
        var response = await shop.Customer().PutAsJsonAsync("/products/A1", new ProductUpdate("Anvil", 500, 1000));

        response.Should().HaveStatusCode(HttpStatusCode.Forbidden);
        (await shop.StockOfAsync("A1")).Should().Be(10);
    }

    [Fact]
    public async Task A_customer_cannot_export_orders()
    {
        var response = await shop.Customer().PostAsync("/exports/orders", null);

        response.Should().HaveStatusCode(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Another_role_does_not_make_an_administrator()
    {
        var response = await shop.As("carl").InRole("support").Client.PostAsync("/exports/orders", null);

        response.Should().HaveStatusCode(HttpStatusCode.Forbidden);
    }
}
