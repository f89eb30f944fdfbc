using Shop.Exports;

namespace Shop.IntegrationTests.Reporting;

public sealed class OrderExportTests(ShopFixture shop)
{
    private const string Header = "id,customer,sku,quantity,amount_cents,status,created_at";

    [Fact]
    public async Task Every_order_is_a_line_of_the_file()
    {
        var paid = await shop.OrderAsync("A1", 2, "ann");
        var pending = await shop.OrderAsync("C3", 1, "bob", payLater: true);

        var (export, lines) = await ExportAsync();

        export.Orders.Should().Be(2);
        lines.Should().HaveCount(3).And.StartWith(Header);
        lines[1].Should().StartWith($"{paid.Id},ann,A1,2,1000,Paid,");
        lines[2].Should().StartWith($"{pending.Id},bob,C3,1,80,Pending,");
    }

    [Fact]
    public async Task Without_orders_the_file_has_only_its_header()
    {
        var (_, lines) = await ExportAsync();

        lines.Should().Equal(Header);
    }

    [Fact]
    public async Task Commas_and_quotes_in_a_name_are_escaped()
    {
        await shop.OrderAsync("A1", 1, "O\"Neil, Ann", payLater: true);

        var (_, lines) = await ExportAsync();

        lines[1].Should().Contain(",\"O\"\"Neil, Ann\",A1,");
    }

    private async Task<(ExportView Export, string[] Lines)> ExportAsync()
    {
        var response = await shop.Admin().PostAsync("/exports/orders", null);
        response.Should().HaveStatusCode(HttpStatusCode.Created);
        var export = (await response.Content.ReadFromJsonAsync<ExportView>())!;
        shop.Exports.Files.Should().Equal(export.File);
        return (export, shop.Exports.ReadText(export.File).TrimEnd('\n').Split('\n'));
    }
}
