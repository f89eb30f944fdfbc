using Shop.Orders;

namespace Shop.IntegrationTests.Ordering;

public sealed class PaymentTimeoutTests(ImpatientShopFixture shop) : IClassFixture<ImpatientShopFixture>
{
    [Fact, Workflow("checkout")]
    public async Task A_provider_that_does_not_answer_leaves_no_order()
    {
        shop.Payments.Post("/v1/charges").ReplyFault(MockFault.NoReply);

        var response = await shop.Customer().PostAsJsonAsync("/orders", new NewOrder("A1", 1));

        response.Should().HaveStatusCode(HttpStatusCode.GatewayTimeout);
        (await shop.Database.CountAsync("orders")).Should().Be(0);
        (await shop.StockOfAsync("A1")).Should().Be(10);
    }

    [Fact, Workflow("pay later")]
    public async Task A_provider_that_answers_too_late_leaves_the_order_pending()
    {
        shop.Payments.Post("/v1/charges").Reply(201, new { id = "ch_late" }).After(TimeSpan.FromSeconds(30));
        var order = await shop.OrderAsync("A1", 1, payLater: true);

        var response = await shop.Customer().PostAsync($"/orders/{order.Id}/payment", null);

        response.Should().HaveStatusCode(HttpStatusCode.GatewayTimeout);
        (await shop.StatusOfAsync(order)).Should().Be("pending");
    }
}
