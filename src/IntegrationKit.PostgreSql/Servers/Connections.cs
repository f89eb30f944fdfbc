using Npgsql;

namespace IntegrationKit.Servers;

/// <summary>Data sources of our own work, which must not show up in what is observed, and texts about connections.</summary>
internal static class Connections
{
    /// <summary>A data source whose commands make no activities.</summary>
    // types: False where only built-in types are needed: saves the query that loads the others.
    public static NpgsqlDataSource Quiet(string connectionString, bool types = false)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConfigureTypeLoading(loading => loading.EnableTypeLoading(types));
        builder.ConfigureTracing(tracing => tracing
            .ConfigureCommandFilter(static _ => false)
            .ConfigureBatchFilter(static _ => false)
            .ConfigureCopyOperationFilter(static _ => false));
        return builder.Build();
    }

    /// <summary>Host, port, database and user; never the password.</summary>
    public static string Describe(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var user = string.IsNullOrEmpty(settings.Username) ? "" : $"{settings.Username}@";
        var database = string.IsNullOrEmpty(settings.Database) ? "" : $"/{settings.Database}";
        return settings.Host is { } host && host.StartsWith('/')
            ? $"{user}{host}/.s.PGSQL.{settings.Port}{database}"
            : $"{user}{settings.Host}:{settings.Port}{database}";
    }
}
