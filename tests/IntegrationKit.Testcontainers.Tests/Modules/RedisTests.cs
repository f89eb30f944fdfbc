using IntegrationKit.Testcontainers.Tests.Support;
using StackExchange.Redis;
using Testcontainers.Redis;

namespace IntegrationKit.Testcontainers.Tests.Modules;

/// <summary>One server per lane, emptied between tests.</summary>
public sealed class RedisFixture() : ContainerFixture<RedisContainer>(() => new RedisBuilder(LocalDocker.Redis))
{
    protected override void Configure(ContainerOptions<RedisContainer> options) => options
        .Otherwise(WhenUnavailable.Skip)
        .CleanBetweenTests((redis, token) => redis.ExecAsync(["redis-cli", "FLUSHALL"], token));
}

public sealed class RedisTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    public async Task A_client_stores_and_reads_in_a_server_that_knows_nothing_of_other_tests(string test)
    {
        await using var client = await ConnectionMultiplexer.ConnectAsync(redis.Container.GetConnectionString());
        var database = client.GetDatabase();

        (await database.StringGetAsync("test")).HasValue.Should().BeFalse();
        await database.StringSetAsync("test", test);

        ((string?)await database.StringGetAsync("test")).Should().Be(test);
    }
}
