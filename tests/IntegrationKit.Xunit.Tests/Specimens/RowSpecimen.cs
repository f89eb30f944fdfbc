namespace IntegrationKit.FrameworkTests.Specimens;

/// <summary>One case with three rows, which the runner finds only when it runs them.</summary>
[Specimen]
[Trait("Category", "Slow")]
public sealed class RowSpecimen
{
    [Theory(Explicit = true, DisableDiscoveryEnumeration = true)]
    [InlineData(1)]
    [InlineData(2, Traits = ["Category", "Nightly"])]
    [InlineData(3, TestDisplayName = "the third")]
    [Workflow("checkout")]
    public void Rows(int number) => Assert.True(number > 0);
}
