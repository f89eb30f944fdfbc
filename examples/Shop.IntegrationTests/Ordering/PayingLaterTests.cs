using Shop.Orders;

namespace Shop.IntegrationTests.Ordering;

[Workflow("pay later")]
public sealed class PayingLaterTests(ShopFixture shop)
{
    [Fact]
    public async Task A_pending_order_is_paid()
    {
        var order = await shop.OrderAsync("C3", 2, payLater: true);

        var response = await shop.Customer().PostAsync($"/orders/{order.Id}/payment", null);

        response.Should().HaveStatusCode(HttpStatusCode.NoContent);
        (await shop.StatusOfAsync(order)).Should().Be("paid");
        (await shop.Database.ScalarAsync<int>("select amount_cents from payments where order_id = $1", order.Id)).Should().Be(160);
    }

    [Fact]
    public async Task An_order_is_paid_only_once()
    {
        var order = await shop.OrderAsync("A1", 1);

        var response = await shop.Customer().PostAsync($"/orders/{order.Id}/payment", null);

        response.Should().HaveStatusCode(HttpStatusCode.Conflict);
        shop.Payments.Verify(m => m.Post("/v1/charges"), Called.Once);
    }

    [Fact]
    public async Task A_declined_card_leaves_the_order_pending()
    {
        shop.Payments.Post("/v1/charges").Reply(402, new { error = "stolen card" });
        var order = await shop.OrderAsync("A1", 1, payLater: true);

        var response = await shop.Customer().PostAsync($"/orders/{order.Id}/payment", null);

        response.Should().HaveStatusCode(HttpStatusCode.PaymentRequired);
        (await shop.StatusOfAsync(order)).Should().Be("pending");
        (await shop.StockOfAsync("A1")).Should().Be(9);
    }

    [Fact]
    public async Task An_unavailable_provider_leaves_the_order_pending()
    {
        shop.Payments.Post("/v1/charges").Reply(503);
        var order = await shop.OrderAsync("A1", 1, payLater: true);

        var response = await shop.Customer().PostAsync($"/orders/{order.Id}/payment", null);

        response.Should().HaveStatusCode(HttpStatusCode.ServiceUnavailable);
        (await shop.StatusOfAsync(order)).Should().Be("pending");
    }
}
