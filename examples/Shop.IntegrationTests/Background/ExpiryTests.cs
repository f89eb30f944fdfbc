using Shop.Orders;

namespace Shop.IntegrationTests.Background;

[Workflow("pay later")]
public sealed class ExpiryTests(ExpiryFixture shop) : IClassFixture<ExpiryFixture>
{
    [Fact]
    public async Task An_order_that_stays_unpaid_expires_and_returns_its_stock()
    {
        var order = await shop.OrderAsync("A1", 4, payLater: true);
        await AgeAsync(order);

        await UntilAsync(async () => await shop.StatusOfAsync(order) == "expired");

        (await shop.StockOfAsync("A1")).Should().Be(10);
    }

    [Fact]
    public async Task An_expired_order_cannot_be_paid_or_cancelled()
    {
        var order = await shop.OrderAsync("A1", 1, payLater: true);
        await AgeAsync(order);
        await UntilAsync(async () => await shop.StatusOfAsync(order) == "expired");

        var pay = await shop.Customer().PostAsync($"/orders/{order.Id}/payment", null);
        var cancel = await shop.Customer().PostAsync($"/orders/{order.Id}/cancellation", null);

        pay.Should().HaveStatusCode(HttpStatusCode.Conflict);
        cancel.Should().HaveStatusCode(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Paid_and_young_orders_do_not_expire()
    {
        var paid = await shop.OrderAsync("A1", 1);
        var young = await shop.OrderAsync("A1", 1, payLater: true);
        var late = await shop.OrderAsync("A1", 1, payLater: true);
        await AgeAsync(paid);
        await AgeAsync(late);

        await UntilAsync(async () => await shop.StatusOfAsync(late) == "expired");

        (await shop.StatusOfAsync(paid)).Should().Be("paid");
        (await shop.StatusOfAsync(young)).Should().Be("pending");
    }

    private Task AgeAsync(OrderView order) =>
        shop.Database.ExecuteAsync("update orders set created_at = created_at - interval '31 minutes' where id = $1", order.Id);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            await Task.Delay(50, deadline.Token);
        }
    }
}
