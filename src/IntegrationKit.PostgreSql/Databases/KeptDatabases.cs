using System.Globalization;
using System.Security.Cryptography;
using IntegrationKit.Resets;
using IntegrationKit.Servers;
using Npgsql;

namespace IntegrationKit.Databases;

/// <summary>
/// Sets the databases of failed tests aside. A name holds the time, so that a later run on the same server can drop old ones;
/// a local server goes on after the run when it holds one.
/// </summary>
internal sealed class KeptDatabases
{
    public const string Variable = "INTEGRATIONKIT_KEEP_FAILED";

    public const string Prefix = "ik_kept_";

    /// <summary>A query for the names of kept databases whose time is over, by the server's clock.</summary>
    public const string Old = $"SELECT datname FROM pg_database WHERE datname ~ '^{Prefix}[0-9]{{14}}_' AND substr(datname, 9, 14) < to_char(now() AT TIME ZONE 'UTC' - interval '1 day', 'YYYYMMDDHH24MISS')";

    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    private const int Limit = 10;

    private int count;

    /// <summary>Never throws; what is kept, or why not, is told by the report.</summary>
    public async Task KeepAsync(LaneDatabase database)
    {
        if (database.IsSetAside || database.Server.Ended.IsCompleted || Interlocked.Increment(ref count) > Limit)
        {
            return;
        }

        try
        {
            var server = database.Server;
            if (server.Disposable && server.LiveOn?.Invoke() != true)
            {
                Issues.Kept(database, "its server goes away with the run; use a server of your own (INTEGRATIONKIT_POSTGRES) or local programs.", null);
                return;
            }

            var name = await NameAsync(server).ConfigureAwait(false);
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await database.SetAsideAsync(name, deadline.Token).ConfigureAwait(false);
            Issues.Kept(database, null, [$"database: {name}", "connect: " + Hint(server, name)]);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or OperationCanceledException or InvalidOperationException)
        {
            Issues.Kept(database, exception.Message, null);
        }
    }

    /// <summary>The server's clock decides, as it does when old ones are dropped.</summary>
    private static async Task<string> NameAsync(PostgresServer server)
    {
        using var command = server.Admin.CreateCommand("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISS')");
        var time = (string)(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
        return $"{Prefix}{time}_{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
    }

    /// <summary>A line for the shell. The password stays where it is.</summary>
    private static string Hint(PostgresServer server, string name)
    {
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        var password = server.Details.TryGetValue("data", out var folder) ? $"PGPASSWORD=$(cat {folder}/secret) " : "";
        return string.Create(CultureInfo.InvariantCulture, $"{password}psql -h {settings.Host} -p {settings.Port} -U {settings.Username} -d {name}")
            + (password.Length == 0 ? " (password: that of the server's connection string)" : "");
    }
}
