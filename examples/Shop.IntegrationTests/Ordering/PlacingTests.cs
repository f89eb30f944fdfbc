using System.Net.Http.Headers;
using Shop.Orders;

namespace Shop.IntegrationTests.Ordering;

[Workflow("checkout")]
public sealed class PlacingTests(ShopFixture shop)
{
    [Fact]
    public async Task A_paid_order_takes_its_units_from_the_stock()
    {
        var order = await shop.OrderAsync("A1", 3);

        order.Should().BeEquivalentTo(new { Sku = "A1", Quantity = 3, AmountCents = 1500, Status = OrderStatus.Paid });
        (await shop.StockOfAsync("A1")).Should().Be(7);
        (await shop.StatusOfAsync(order)).Should().Be("paid");
    }

    [Fact]
    public async Task The_charge_is_kept_with_the_order()
    {
        shop.Payments.Post("/v1/charges").WithJson(new { amount = 2500 }).Reply(201, new { id = "ch_bellows" });

        var order = await shop.OrderAsync("B2", 2);

        var charge = await shop.Database.ScalarAsync<string>("select charge_id from payments where order_id = $1", order.Id);
        charge.Should().Be("ch_bellows");
    }

    [Fact]
    public async Task An_order_to_be_paid_later_charges_nothing()
    {
        var order = await shop.OrderAsync("A1", 1, payLater: true);

        order.Status.Should().Be(OrderStatus.Pending);
        shop.Payments.Verify(m => m.Post("/v1/charges"), Called.Never);
        (await shop.Database.CountAsync("payments")).Should().Be(0);
        (await shop.StockOfAsync("A1")).Should().Be(9);
    }

    [Fact]
    public async Task The_last_unit_can_be_bought()
    {
        await shop.OrderAsync("B2", 3);

        (await shop.StockOfAsync("B2")).Should().Be(0);
    }

    [Fact]
    public async Task More_than_the_stock_cannot_be_bought()
    {
        var response = await shop.Customer().PostAsJsonAsync("/orders", new NewOrder("B2", 4));

        response.Should().HaveStatusCode(HttpStatusCode.Conflict);
        (await response.Content.ReadAsStringAsync()).Should().Contain("Only 3 of B2 left.");
        (await shop.Database.CountAsync("orders")).Should().Be(0);
        (await shop.StockOfAsync("B2")).Should().Be(3);
    }

    [Fact]
    public async Task Something_unknown_cannot_be_bought()
    {
        var response = await shop.Customer().PostAsJsonAsync("/orders", new NewOrder("Z9", 1));

        response.Should().HaveStatusCode(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task An_impossible_quantity_is_refused(int quantity)
    {
        var response = await shop.Customer().PostAsJsonAsync("/orders", new NewOrder("C3", quantity));

        response.Should().HaveStatusCode(HttpStatusCode.BadRequest);
        (await shop.StockOfAsync("C3")).Should().Be(100);
    }

    [Fact]
    public async Task Something_that_is_no_order_is_refused()
    {
        using var garbled = new StringContent("{\"sku\": ", MediaTypeHeaderValue.Parse("application/json"));

        var response = await shop.Customer().PostAsync("/orders", garbled);

        response.Should().HaveStatusCode(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Eight_customers_at_once_cannot_buy_more_than_there_is()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(customer =>
            shop.Customer($"customer-{customer}").PostAsJsonAsync("/orders", new NewOrder("B2", 1, PayLater: true))));

        (await shop.Database.CountAsync("orders")).Should().Be(3);
        (await shop.StockOfAsync("B2")).Should().Be(0);
    }
}
