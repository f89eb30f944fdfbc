using System.Text.Json;
using IntegrationKit.Support;

namespace IntegrationKit;

/// <summary>The Shop registers Entity Framework Core as most do: with a connection string and nothing more.</summary>
public sealed class ShopTransactionsTests
{
    [Fact]
    public async Task The_report_counts_what_the_orders_commit_and_what_a_declined_card_undoes()
    {
        using var run = await SuiteProcess.RunAsync(
            SuiteProcess.AssemblyOf("Shop.IntegrationTests", "Shop.IntegrationTests"),
            "-method", "*.A_new_product_is_ordered_paid_and_taken_back", "-method", "*.A_declined_card_leaves_no_order");

        run.ExitCode.Should().Be(0, run.Output);
        var shop = run.Report.RootElement.GetProperty("coverage").GetProperty("transactions").EnumerateArray()
            .Should().ContainSingle(database => database.GetProperty("integrationPointId").GetString() == "database:shop").Subject;
        Seen(shop, "committed").Should().Be((3, 1));
        Seen(shop, "rolledBack").Should().Be((1, 1));
        Seen(shop, "leaked").Should().Be((0, 0));
    }

    private static (int Calls, int Tests) Seen(JsonElement database, string outcome) =>
        (database.GetProperty(outcome).GetProperty("calls").GetInt32(), database.GetProperty(outcome).GetProperty("tests").GetInt32());
}
