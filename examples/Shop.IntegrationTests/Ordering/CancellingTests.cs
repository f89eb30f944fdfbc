namespace Shop.IntegrationTests.Ordering;

[Workflow("cancellation")]
public sealed class CancellingTests(ShopFixture shop)
{
    [Fact]
    public async Task A_pending_order_returns_its_stock_and_needs_no_refund()
    {
        var order = await shop.OrderAsync("A1", 4, payLater: true);

        var response = await shop.Customer().PostAsync($"/orders/{order.Id}/cancellation", null);

        response.Should().HaveStatusCode(HttpStatusCode.NoContent);
        (await shop.StatusOfAsync(order)).Should().Be("cancelled");
        (await shop.StockOfAsync("A1")).Should().Be(10);
        shop.Payments.Verify(m => m.Post("/v1/refunds"), Called.Never);
    }

    [Fact]
    public async Task A_paid_order_is_refunded()
    {
        shop.Payments.Post("/v1/refunds").WithJson(new { charge = "ch_1", amount = 1000 }).Reply(201, new { id = "re_anvil" });
        var order = await shop.OrderAsync("A1", 2);

        var response = await shop.Customer().PostAsync($"/orders/{order.Id}/cancellation", null);

        response.Should().HaveStatusCode(HttpStatusCode.NoContent);
        (await shop.Database.CountAsync("payments", "refunded_at is not null")).Should().Be(1);
        (await shop.StockOfAsync("A1")).Should().Be(10);
    }

    [Fact]
    public async Task An_order_is_cancelled_only_once()
    {
        var order = await shop.OrderAsync("A1", 2);
        await shop.Customer().PostAsync($"/orders/{order.Id}/cancellation", null);

        var response = await shop.Customer().PostAsync($"/orders/{order.Id}/cancellation", null);

        response.Should().HaveStatusCode(HttpStatusCode.Conflict);
        shop.Payments.Verify(m => m.Post("/v1/refunds"), Called.Once);
        (await shop.StockOfAsync("A1")).Should().Be(10);
    }
}
