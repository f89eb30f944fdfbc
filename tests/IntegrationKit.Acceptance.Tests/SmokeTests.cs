namespace IntegrationKit.Acceptance.Tests;

public sealed class SmokeTests
{
    [Fact]
    [Workflow("smoke")]
    public void A_test_runs() => 1.Should().Be(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rows(int n) => n.Should().BePositive();
}
