using IntegrationKit.Support;

namespace IntegrationKit;

/// <summary>The Shop's README says what its tests leave out; its report has to say the same, and fall silent when it is done.</summary>
public sealed class ShopGapsTests
{
    private static readonly string[] Gaps =
    [
        "IK1 DELETE /products/{sku}",
        "IK3 GET /reports/sales",
        "IK5 POST /orders/{id:guid}/cancellation",
        "IK5 POST /orders/{id:guid}/cancellation",
        "IK5 POST /orders/{id:guid}/cancellation",
        "IK10 public.price_changes",
    ];

    [Fact]
    public async Task The_gaps_of_the_readme_are_recommended_exactly_and_their_skeletons_compile()
    {
        var assembly = SuiteProcess.AssemblyOf("Shop.IntegrationTests", "Shop.IntegrationTests");
        using var run = await SuiteProcess.RunAsync(assembly);

        run.ExitCode.Should().Be(0, run.Output);
        run.Gaps.Should().BeEquivalentTo(Gaps);
        run.Recommendations.Should().OnlyContain(found => found.Skeleton != null);
        (await Compiler.CompileAsync(run.Recommendations.Select(found => found.Skeleton!), assembly)).Should().BeEmpty();
    }

    [Fact]
    public async Task With_the_skeletons_filled_in_nothing_is_left_to_recommend()
    {
        using var run = await SuiteProcess.RunAsync(SuiteProcess.AssemblyOf("Filled", "Insight.Planted.Filled"));

        run.ExitCode.Should().Be(0, run.Output);
        run.Gaps.Should().BeEmpty();
    }
}
