using System.Text.Json.Nodes;

namespace Shop.IntegrationTests.Background;

public sealed class HealthTests(ShopFixture shop)
{
    [Fact]
    public async Task The_shop_is_healthy_with_its_database()
    {
        var answer = await shop.Client.GetStringAsync("/health");

        answer.Should().Be("Healthy");
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        var document = await shop.Client.GetFromJsonAsync<JsonObject>("/openapi/v1.json");

        document!["paths"]!.AsObject().Select(path => path.Key).Should().Contain(["/products", "/orders/{id}/payment", "/reports/sales"]);
    }
}
