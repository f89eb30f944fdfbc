using Shop.Orders;

namespace Shop.IntegrationTests.Ordering;

[Workflow("checkout")]
public sealed class PaymentFailureTests(ShopFixture shop)
{
    [Fact]
    public async Task A_declined_card_leaves_no_order()
    {
        shop.Payments.Post("/v1/charges").WithJson(new { amount = 500 }).Reply(402, new { error = "insufficient funds" });

        var response = await BuyAnAnvilAsync();

        response.Should().HaveStatusCode(HttpStatusCode.PaymentRequired);
        (await response.Content.ReadAsStringAsync()).Should().Contain("insufficient funds");
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task A_busy_provider_is_asked_once_more()
    {
        shop.Payments.Post("/v1/charges").Reply(503).Reply(201, new { id = "ch_second" });

        var response = await BuyAnAnvilAsync();

        response.Should().HaveStatusCode(HttpStatusCode.Created);
        shop.Payments.Verify(m => m.Post("/v1/charges"), Called.Times(2));
        (await shop.Database.ScalarAsync<string>("select charge_id from payments")).Should().Be("ch_second");
    }

    [Fact]
    public async Task A_repeated_charge_carries_the_same_key()
    {
        shop.Payments.Post("/v1/charges").Reply(503).Reply(201, new { id = "ch_second" });

        await BuyAnAnvilAsync();

        shop.Payments.Requests.Select(request => request.Header("Idempotency-Key")).Distinct()
            .Should().ContainSingle().Which.Should().StartWith("charge-");
    }

    [Fact]
    public async Task A_provider_that_stays_busy_is_given_up()
    {
        shop.Payments.Post("/v1/charges").Reply(503);

        var response = await BuyAnAnvilAsync();

        response.Should().HaveStatusCode(HttpStatusCode.ServiceUnavailable);
        shop.Payments.Verify(m => m.Post("/v1/charges"), Called.Times(2));
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task A_broken_provider_is_not_asked_again()
    {
        shop.Payments.Post("/v1/charges").Reply(500);

        var response = await BuyAnAnvilAsync();

        response.Should().HaveStatusCode(HttpStatusCode.ServiceUnavailable);
        shop.Payments.Verify(m => m.Post("/v1/charges"), Called.Once);
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task A_reset_connection_leaves_no_order()
    {
        shop.Payments.Post("/v1/charges").ReplyFault(MockFault.ConnectionResetByPeer);

        var response = await BuyAnAnvilAsync();

        response.Should().HaveStatusCode(HttpStatusCode.ServiceUnavailable);
        await NothingHappenedAsync();
    }

    private Task<HttpResponseMessage> BuyAnAnvilAsync() =>
        shop.Customer().PostAsJsonAsync("/orders", new NewOrder("A1", 1));

    private async Task NothingHappenedAsync()
    {
        (await shop.Database.CountAsync("orders")).Should().Be(0);
        (await shop.Database.CountAsync("payments")).Should().Be(0);
        (await shop.StockOfAsync("A1")).Should().Be(10);
    }
}
