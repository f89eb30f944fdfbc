using IntegrationKit.Sharding;

namespace IntegrationKit.FrameworkTests.Sharding;

public sealed class ShardTests
{
    [Fact]
    public void No_text_means_the_whole_suite() => Shard.Parse(" ").Should().BeNull();

    [Fact]
    public void A_shard_is_number_and_count() => Shard.Parse("2/8").Should().Be(new Shard(2, 8));

    [Theory]
    [InlineData("2")]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("a/b")]
    [InlineData("-1/4")]
    public void Anything_else_is_refused_with_what_to_write(string text) =>
        FluentActions.Invoking(() => Shard.Parse(text)).Should().Throw<FormatException>()
            .WithMessage($"INTEGRATIONKIT_SHARD is '{text}'*2/8 for the second of eight*");
}
