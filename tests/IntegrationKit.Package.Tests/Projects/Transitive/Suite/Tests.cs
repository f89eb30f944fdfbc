using Fixtures;
using Xunit;

public sealed class Tests(Shared shared) : IClassFixture<Shared>
{
    [Fact]
    public void Takes_the_fixture() => Assert.NotNull(shared);
}
