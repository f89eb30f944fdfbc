using Shop.Reports;

namespace Shop.IntegrationTests.Reporting;

public sealed class SalesReportTests(ShopFixture shop)
{
    [Fact]
    public async Task Paid_orders_are_summed_up_by_product()
    {
        await PayAsync("A1", 2, "ch_1");
        await PayAsync("A1", 1, "ch_2");
        await PayAsync("C3", 10, "ch_3");

        var lines = await shop.Admin().GetFromJsonAsync<SalesLine[]>("/reports/sales");

        lines.Should().Equal(new SalesLine("A1", 2, 3, 1500), new SalesLine("C3", 1, 10, 800));
    }

    [Fact]
    public async Task Unpaid_orders_are_no_sales()
    {
        await shop.OrderAsync("A1", 2, payLater: true);

        var lines = await shop.Admin().GetFromJsonAsync<SalesLine[]>("/reports/sales");

        lines.Should().BeEmpty();
    }

    [Fact]
    public async Task A_period_leaves_out_what_came_before_and_after()
    {
        await shop.Database.ExecuteAsync("""
            insert into orders (id, customer, product_id, quantity, amount_cents, status, created_at)
            select gen_random_uuid(), 'ann', id, 1, 500, 'paid', day::timestamptz
            from products, unnest(array['2026-01-31T23:59:59Z', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z']) as day
            where sku = 'A1'
            """);

        var lines = await shop.Admin().GetFromJsonAsync<SalesLine[]>("/reports/sales?from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z");

        lines.Should().ContainSingle().Which.Orders.Should().Be(1);
    }

    private async Task PayAsync(string sku, int quantity, string charge)
    {
        shop.Payments.Post("/v1/charges").Reply(201, new { id = charge });
        await shop.OrderAsync(sku, quantity);
    }
}
