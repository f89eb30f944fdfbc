using IntegrationKit.Containers;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;
using IntegrationKit.Testcontainers.Tests.Support;
using Testcontainers.Redis;

namespace IntegrationKit.Testcontainers.Tests.Modules;

/// <summary>Driven as the framework does.</summary>
public sealed class ContainerResourceTests
{
    private static readonly FixtureContext Context = new("T", AppContext.BaseDirectory, null);

    [Fact]
    public async Task The_application_of_a_lane_finds_the_address_in_its_configuration()
    {
        await LocalDocker.RequireAsync();
        await using var cache = Redis(options => options.Setting("Redis:Configuration", redis => redis.GetConnectionString()));
        await cache.StartAsync(Context, TestContext.Current.CancellationToken);

        var lane = await PrepareAsync(cache, new Lane(0));

        lane.Settings["Redis:Configuration"].Should().MatchRegex(@"^127\.0\.0\.1:\d+$");
    }

    [Fact]
    public async Task Lanes_share_one_container_unless_it_is_cleaned_between_tests()
    {
        await LocalDocker.RequireAsync();
        await using var shared = Redis();
        await using var own = Redis(options => options.CleanBetweenTests((redis, token) => redis.ExecAsync(["redis-cli", "FLUSHALL"], token)));
        foreach (var cache in new[] { shared, own })
        {
            await cache.StartAsync(Context, TestContext.Current.CancellationToken);
        }

        (await IdAsync(shared, 0)).Should().Be(await IdAsync(shared, 1));
        (await IdAsync(own, 0)).Should().NotBe(await IdAsync(own, 1));
    }

    [Fact]
    public async Task A_container_is_gone_when_its_resource_is_disposed()
    {
        var engine = await LocalDocker.RequireAsync();
        var cache = Redis();
        await cache.StartAsync(Context, TestContext.Current.CancellationToken);
        var id = await IdAsync(cache, 0);

        await cache.DisposeAsync();

        (await engine.OwnedAsync(TestContext.Current.CancellationToken)).Should().NotContain(container => container.Id == id);
    }

    [Fact]
    public async Task A_container_that_ends_at_once_is_quoted()
    {
        await LocalDocker.RequireAsync();
        await using var cache = new ContainerResource<RedisContainer>("cache", () => new RedisBuilder(LocalDocker.Redis).WithCommand("redis-server", "--no-such-setting", "1"));

        var start = () => cache.StartAsync(Context, TestContext.Current.CancellationToken);

        (await start.Should().ThrowAsync<ContainerSetupException>()).WithMessage($"*{LocalDocker.Redis}*did not start: its program ended.*no-such-setting*");
    }

    [Fact]
    public async Task An_image_that_is_nowhere_is_named()
    {
        await LocalDocker.RequireAsync();
        await using var cache = new ContainerResource<RedisContainer>("cache", () => new RedisBuilder("localhost:1/no/such-image:1"));

        var start = () => cache.StartAsync(Context, TestContext.Current.CancellationToken);

        (await start.Should().ThrowAsync<ContainerSetupException>()).WithMessage("*localhost:1/no/such-image*could not be created*");
    }

    private static ContainerResource<RedisContainer> Redis(Action<ContainerOptions<RedisContainer>>? configure = null) =>
        new("cache", () => new RedisBuilder(LocalDocker.Redis), configure);

    private static async Task<Lane> PrepareAsync(IntegrationResource resource, Lane lane)
    {
        await resource.PrepareAsync(lane, new TestScope(Guid.NewGuid().ToString("N"), "a test"), TestContext.Current.CancellationToken);
        return lane;
    }

    private static async Task<string> IdAsync(IntegrationResource resource, int lane) =>
        ((TetheredContainer<RedisContainer>)(await PrepareAsync(resource, new Lane(lane))).State[resource]).Container.Id;
}
