using Shop.Orders;
using Shop.Products;

namespace Shop.IntegrationTests.Ordering;

public sealed class CheckoutWorkflowTests(ShopFixture shop)
{
    [Fact, Workflow("checkout")]
    public async Task A_new_product_is_ordered_paid_and_taken_back()
    {
        await shop.Admin().PostAsJsonAsync("/products", new NewProduct("F6", "File", 300, 2));
        var order = await shop.OrderAsync("F6", 2, payLater: true);
        (await shop.Client.GetFromJsonAsync<ProductView>("/products/F6"))!.Stock.Should().Be(0);

        (await shop.Customer().PostAsync($"/orders/{order.Id}/payment", null)).Should().BeSuccessful();
        (await ReadAsync(order)).Status.Should().Be(OrderStatus.Paid);

        (await shop.Customer().PostAsync($"/orders/{order.Id}/cancellation", null)).Should().BeSuccessful();
        (await ReadAsync(order)).Status.Should().Be(OrderStatus.Cancelled);
        (await shop.Client.GetFromJsonAsync<ProductView>("/products/F6"))!.Stock.Should().Be(2);
    }

    private async Task<OrderView> ReadAsync(OrderView order) =>
        (await shop.Customer().GetFromJsonAsync<OrderView>($"/orders/{order.Id}"))!;
}
