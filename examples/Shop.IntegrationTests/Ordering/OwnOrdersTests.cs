using Shop.Data;
using Shop.Orders;

namespace Shop.IntegrationTests.Ordering;

public sealed class OwnOrdersTests(ShopFixture shop)
{
    [Fact]
    public async Task Customers_see_their_own_orders_newest_first()
    {
        var first = await shop.OrderAsync("A1", 1, "ann", payLater: true);
        await shop.OrderAsync("A1", 1, "bob", payLater: true);
        var second = await shop.OrderAsync("C3", 5, "ann", payLater: true);

        var page = await shop.Customer("ann").GetFromJsonAsync<Page<OrderView>>("/orders");

        page!.Items.Select(order => order.Id).Should().Equal(second.Id, first.Id);
    }

    [Fact]
    public async Task Orders_are_filtered_by_status()
    {
        var paid = await shop.OrderAsync("A1", 1);
        await shop.OrderAsync("A1", 1, payLater: true);

        var page = await shop.Customer().GetFromJsonAsync<Page<OrderView>>("/orders?status=paid");

        page!.Items.Should().ContainSingle().Which.Id.Should().Be(paid.Id);
    }

    [Theory]
    [InlineData("size=0")]
    [InlineData("status=lost")]
    public async Task An_impossible_list_is_refused(string query)
    {
        var response = await shop.Customer().GetAsync($"/orders?{query}");

        response.Should().HaveStatusCode(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_customer_reads_an_own_order()
    {
        var placed = await shop.OrderAsync("A1", 1, "ann", payLater: true);

        var order = await shop.Customer("ann").GetFromJsonAsync<OrderView>($"/orders/{placed.Id}");

        order.Should().BeEquivalentTo(new { placed.Id, Sku = "A1", Status = OrderStatus.Pending });
    }

    [Fact]
    public async Task An_order_of_somebody_else_is_as_good_as_none()
    {
        var order = await shop.OrderAsync("A1", 1, "ann", payLater: true);
        var bob = shop.Customer("bob");

        var read = await bob.GetAsync($"/orders/{order.Id}");
        var pay = await bob.PostAsync($"/orders/{order.Id}/payment", null);
        var cancel = await bob.PostAsync($"/orders/{order.Id}/cancellation", null);

        new[] { read, pay, cancel }.Should().OnlyContain(response => response.StatusCode == HttpStatusCode.NotFound);
        (await shop.StatusOfAsync(order)).Should().Be("pending");
    }

    [Fact]
    public async Task An_administrator_reads_any_order()
    {
        var order = await shop.OrderAsync("A1", 1, "ann", payLater: true);

        var response = await shop.Admin().GetAsync($"/orders/{order.Id}");

        response.Should().HaveStatusCode(HttpStatusCode.OK);
    }
}
