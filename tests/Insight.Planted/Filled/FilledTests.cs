using Shop.IntegrationTests.Ordering;
using Shop.Products;

namespace Shop.IntegrationTests;

/// <summary>The skeletons of the Shop's report, filled in, and what they in turn ask for.</summary>
public sealed class FilledTests(ShopFixture fixture)
{
    [Theory, InlineData("D4", HttpStatusCode.NoContent), InlineData("Z9", HttpStatusCode.NotFound)]
    public async Task Delete_products_sku_answers(string sku, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/products/{sku}");

        using var response = await fixture.Admin().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Delete_products_sku_answers_conflict()
    {
        await fixture.OrderAsync("A1", 1, payLater: true);

        Assert.Equal(HttpStatusCode.Conflict, (await fixture.Admin().DeleteAsync("/products/A1")).StatusCode);
    }

    [Fact]
    public async Task Delete_products_sku_refuses_others()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await fixture.Client.DeleteAsync("/products/A1")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await fixture.Customer().DeleteAsync("/products/A1")).StatusCode);
    }

    [Fact]
    public async Task Get_reports_sales_refuses_a_caller_of_another_role()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/reports/sales");

        using var response = await fixture.Customer().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory, InlineData(402, HttpStatusCode.PaymentRequired), InlineData(500, HttpStatusCode.ServiceUnavailable)]
    public async Task Post_orders_id_cancellation_answers(int refund, HttpStatusCode status)
    {
        var order = await fixture.OrderAsync("A1", 1);
        fixture.Payments.Post("/v1/refunds").Reply(refund, new { error = "no" });

        using var response = await fixture.Customer().PostAsync($"/orders/{order.Id}/cancellation", null);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Public_price_changes_is_used()
    {
        await fixture.Admin().PutAsJsonAsync("/products/D4", new ProductUpdate("Drill", 9900, 5));

        Assert.Equal(1, await fixture.Database.CountAsync("price_changes"));
    }
}

public sealed class FilledTimeoutTests(ImpatientShopFixture fixture) : IClassFixture<ImpatientShopFixture>
{
    [Fact]
    public async Task Post_orders_id_cancellation_answers_504()
    {
        var order = await fixture.OrderAsync("A1", 1);
        fixture.Payments.Post("/v1/refunds").ReplyFault(MockFault.NoReply);

        using var response = await fixture.Customer().PostAsync($"/orders/{order.Id}/cancellation", null);

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
    }
}
