using IntegrationKit.Containers;

namespace IntegrationKit.Testcontainers.Tests.Support;

/// <summary>The container engine and the images made from distribution packages. Tests that need them are skipped where there is none.</summary>
internal static class LocalDocker
{
    public const string Postgres = "integrationkit-test/postgres";

    public const string Redis = "integrationkit-test/redis";

    public const string RabbitMq = "integrationkit-test/rabbitmq";

    public static async Task<DockerEngine> RequireAsync()
    {
        var search = await DockerSearch.OnceAsync();
        Assert.SkipWhen(search.Engine is null, search.Reason);
        return search.Engine!;
    }

    /// <summary>Containers that the process of this label owns.</summary>
    public static async Task<IReadOnlyList<string>> OwnedByAsync(string owner)
    {
        var engine = await RequireAsync();
        return [.. (await engine.OwnedAsync(TestContext.Current.CancellationToken)).Where(container => container.Owner == owner).Select(container => container.Id)];
    }
}
