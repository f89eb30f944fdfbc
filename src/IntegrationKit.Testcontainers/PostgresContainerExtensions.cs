using IntegrationKit.Containers;
using Testcontainers.PostgreSql;

namespace IntegrationKit;

/// <summary>PostgreSQL from a container.</summary>
public static class PostgresContainerExtensions
{
    /// <summary>
    /// Uses a server in a container of the image, and nothing else; started once per process and shared by equal calls. Its data
    /// are in memory, its port is on loopback, its password is generated; it is removed with the process, however that ends.
    /// The image is pulled when it is missing.
    /// </summary>
    /// <param name="options">The database's options.</param>
    /// <param name="image">The image with its tag, for example <c>postgres:17</c> or <c>postgis/postgis:17-3.5</c>; it needs <c>/bin/sh</c>.</param>
    /// <param name="configure">Changes the container further, for example with <c>WithResourceMapping</c>; user, password and database are set by the kit.</param>
    /// <example><code>Database = UsePostgres("shop", o => o.Container("postgres:17").MigrateWith&lt;ShopDbContext&gt;());</code></example>
    public static PostgresOptions Container(this PostgresOptions options, string image, Func<PostgreSqlBuilder, PostgreSqlBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(image);
        return options.UseProvider(new PostgresContainerProvider(image, configure));
    }
}
