using Shop.Orders;

namespace Shop.IntegrationTests.Background;

[Workflow("pay later")]
public sealed class ExpiryTests(ShopFixture shop)
{
    [Fact]
    public async Task An_order_that_stays_unpaid_expires_and_returns_its_stock()
    {
        var order = await shop.OrderAsync("A1", 4, payLater: true);

        shop.Clock.Advance(TimeSpan.FromMinutes(31));

        await ExpiresAsync(order);
        (await shop.StockOfAsync("A1")).Should().Be(10);
    }

    [Fact]
    public async Task An_expired_order_cannot_be_paid_or_cancelled()
    {
        var order = await shop.OrderAsync("A1", 1, payLater: true);
        shop.Clock.Advance(TimeSpan.FromMinutes(31));
        await ExpiresAsync(order);

        var pay = await shop.Customer().PostAsync($"/orders/{order.Id}/payment", null);
        var cancel = await shop.Customer().PostAsync($"/orders/{order.Id}/cancellation", null);

        pay.Should().HaveStatusCode(HttpStatusCode.Conflict);
        cancel.Should().HaveStatusCode(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Paid_and_young_orders_do_not_expire()
    {
        var paid = await shop.OrderAsync("A1", 1);
        var late = await shop.OrderAsync("A1", 1, payLater: true);
        shop.Clock.Advance(TimeSpan.FromMinutes(20));
        var young = await shop.OrderAsync("A1", 1, payLater: true);

        shop.Clock.Advance(TimeSpan.FromMinutes(11));

        await ExpiresAsync(late);
        (await shop.StatusOfAsync(paid)).Should().Be("paid");
        (await shop.StatusOfAsync(young)).Should().Be("pending");
    }

    private Task ExpiresAsync(OrderView order) =>
        Eventually.Passes(async () => (await shop.StatusOfAsync(order)).Should().Be("expired"), TimeSpan.FromSeconds(30));
}
