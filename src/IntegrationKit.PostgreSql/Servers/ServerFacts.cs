using Npgsql;

namespace IntegrationKit.Servers;

/// <summary>What the connected role can do on the connected server.</summary>
// Major: Major version, for example 17.
// Visibility: The pg_visibility extension can be created.
internal sealed record ServerFacts(int Major, string Version, bool Superuser, bool CreateDatabase, bool Visibility, int MaxConnections)
{
    /// <summary>The one-round-trip reset needs a superuser and the pg_visibility extension of the standard distribution.</summary>
    public bool ExactReset => Superuser && Visibility;

    public static readonly ServerFacts Unknown = new(0, "", false, false, false, 0);

    private const string Query = """
        SELECT current_setting('server_version_num')::int / 10000, current_setting('server_version'),
               r.rolsuper, r.rolsuper OR r.rolcreatedb,
               EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pg_visibility'),
               current_setting('max_connections')::int
        FROM pg_roles r WHERE r.rolname = current_user
        """;

    public static async Task<ServerFacts> ReadAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        using var command = source.CreateCommand(Query);
        using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new ServerFacts(
            reader.GetInt32(0), reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3), reader.GetBoolean(4), reader.GetInt32(5));
    }
}
