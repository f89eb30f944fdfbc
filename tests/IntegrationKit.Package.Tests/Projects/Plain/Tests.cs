using IntegrationKit;
using Xunit;

public sealed class Tests
{
    [Fact]
    public void One() => Assert.True(true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rows(int number) => Assert.InRange(number, 1, 2);

    [Fact(Skip = "later")]
    public void Later() => Assert.Fail("never");

    [Fact, Retry(1)]
    public void Fails_each_first_time()
    {
        var marker = Path.Combine(AppContext.BaseDirectory, "was-here");
        if (!File.Exists(marker))
        {
            File.WriteAllText(marker, "");
            Assert.Fail("the first time");
        }

        File.Delete(marker);
    }
}
