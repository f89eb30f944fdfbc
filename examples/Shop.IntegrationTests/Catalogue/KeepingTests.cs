using Shop.Products;

namespace Shop.IntegrationTests.Catalogue;

public sealed class KeepingTests(ShopFixture shop)
{
    [Fact]
    public async Task An_administrator_adds_a_product()
    {
        var response = await shop.Admin().PostAsJsonAsync("/products", new NewProduct("E5", "Emery", 90, 7));

        response.Should().HaveStatusCode(HttpStatusCode.Created);
        response.Headers.Location.Should().Be("/products/E5");
        var product = await shop.Client.GetFromJsonAsync<ProductView>("/products/E5");
        product.Should().Be(new ProductView("E5", "Emery", 90, 7));
    }

    [Fact]
    public async Task A_sku_exists_only_once()
    {
        var response = await shop.Admin().PostAsJsonAsync("/products", new NewProduct("A1", "Another anvil", 90, 7));

        response.Should().HaveStatusCode(HttpStatusCode.Conflict);
        (await shop.Database.CountAsync("products")).Should().Be(4);
    }

    [Theory]
    [InlineData("lower case", "Emery", 90, 7)]
    [InlineData("E5", "", 90, 7)]
    [InlineData("E5", "Emery", 0, 7)]
    [InlineData("E5", "Emery", 90, -1)]
    public async Task A_product_that_makes_no_sense_is_refused(string sku, string name, int price, int stock)
    {
        var response = await shop.Admin().PostAsJsonAsync("/products", new NewProduct(sku, name, price, stock));

        response.Should().HaveStatusCode(HttpStatusCode.BadRequest);
        (await shop.Database.CountAsync("products")).Should().Be(4);
    }

    [Fact]
    public async Task An_administrator_renames_and_restocks_a_product()
    {
        var response = await shop.Admin().PutAsJsonAsync("/products/D4", new ProductUpdate("Hand drill", 2400, 12));

        response.Should().HaveStatusCode(HttpStatusCode.OK);
        var product = await shop.Client.GetFromJsonAsync<ProductView>("/products/D4");
        product.Should().Be(new ProductView("D4", "Hand drill", 2400, 12));
    }

    [Fact]
    public async Task An_update_without_a_name_is_refused()
    {
        var response = await shop.Admin().PutAsJsonAsync("/products/D4", new ProductUpdate("", 2400, 12));

        response.Should().HaveStatusCode(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_unknown_product_cannot_be_updated()
    {
        var response = await shop.Admin().PutAsJsonAsync("/products/Z9", new ProductUpdate("Nothing", 100, 1));

        response.Should().HaveStatusCode(HttpStatusCode.NotFound);
    }
}
