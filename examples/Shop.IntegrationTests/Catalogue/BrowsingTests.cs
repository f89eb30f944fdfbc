using Shop.Data;
using Shop.Products;

namespace Shop.IntegrationTests.Catalogue;

public sealed class BrowsingTests(ShopFixture shop)
{
    [Fact]
    public async Task The_catalogue_is_sorted_by_sku()
    {
        var page = await shop.Client.GetFromJsonAsync<Page<ProductView>>("/products");

        page!.Items.Select(product => product.Sku).Should().Equal("A1", "B2", "C3", "D4");
    }

    [Fact]
    public async Task The_catalogue_is_paged()
    {
        var page = await shop.Client.GetFromJsonAsync<Page<ProductView>>("/products?page=2&size=3");

        page.Should().BeEquivalentTo(new { Number = 2, Size = 3, Total = 4 });
        page!.Items.Should().ContainSingle().Which.Sku.Should().Be("D4");
    }

    [Fact]
    public async Task A_page_behind_the_last_one_is_empty()
    {
        var page = await shop.Client.GetFromJsonAsync<Page<ProductView>>("/products?page=9");

        page!.Items.Should().BeEmpty();
        page.Total.Should().Be(4);
    }

    [Theory]
    [InlineData("page=0", "Page")]
    [InlineData("size=101", "Size")]
    public async Task An_impossible_page_is_refused(string query, string field)
    {
        var response = await shop.Client.GetAsync($"/products?{query}");

        response.Should().HaveStatusCode(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).Should().Contain($"The field {field} must be between");
    }

    [Fact]
    public async Task Products_are_found_by_a_part_of_their_name()
    {
        var page = await shop.Client.GetFromJsonAsync<Page<ProductView>>("/products?search=ELL");

        page!.Items.Should().ContainSingle().Which.Name.Should().Be("Bellows");
    }

    [Fact]
    public async Task A_product_shows_its_price_and_stock()
    {
        var product = await shop.Client.GetFromJsonAsync<ProductView>("/products/B2");

        product.Should().Be(new ProductView("B2", "Bellows", 1250, 3));
    }

    [Fact]
    public async Task An_unknown_product_is_not_found()
    {
        var response = await shop.Client.GetAsync("/products/Z9");

        response.Should().HaveStatusCode(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
    }
}
