using Testcontainers.Redis;

namespace IntegrationKit.Testcontainers.Tests.Readme;

// The README shows these lines; the image is one that a registry has, so they are compiled here and run elsewhere with ours.
public sealed class RedisFixture() : ContainerFixture<RedisContainer>(() => new RedisBuilder("redis:7"));

public sealed class ServicesFixture : IntegrationFixture
{
    public ServicesFixture()
    {
        Cache = Use(new ContainerResource<RedisContainer>("cache", () => new RedisBuilder("redis:7"),
            o => o.Setting("Redis:Configuration", redis => redis.GetConnectionString())));
    }

    public ContainerResource<RedisContainer> Cache { get; }
}
