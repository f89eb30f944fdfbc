using Testcontainers.PostgreSql;

namespace Shop.IntegrationTests;

/// <summary>
/// A PostgreSQL server: a container with the module's defaults, or where HANDWIRED_IMAGE names no image (no Docker here),
/// the same server as a process, set up as an image's entry point does it.
/// </summary>
public sealed class ShopServer(string connectionString, IAsyncDisposable server) : IAsyncDisposable
{
    public string ConnectionString { get; } = connectionString;

    public static async Task<ShopServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("HANDWIRED_IMAGE") is not { Length: > 0 } image)
        {
            return await StandIn.StartAsync();
        }

        var container = new PostgreSqlBuilder(image).Build();
        await container.StartAsync();
        return new ShopServer(container.GetConnectionString(), container);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
