using System.Diagnostics;
using IntegrationKit.Local;
using Npgsql;

namespace IntegrationKit.Databases;

/// <summary>A server as one makes it by hand for each run: initdb, postgres with its default settings, migrate, query.</summary>
internal static class PlainCluster
{
    public static async Task<double> FirstQueryAsync(string schema)
    {
        var programs = (await BinariesSearch.RunAsync(null, CancellationToken.None)).Found!;
        var unprivileged = await Unprivileged.FindAsync(CancellationToken.None);
        var root = Directory.CreateTempSubdirectory("ik-plain").FullName;
        if (unprivileged.Owner is { } owner)
        {
            await Command.RunAsync("chown", [owner, root]);
        }

        var started = Stopwatch.GetTimestamp();
        var data = Path.Combine(root, "data");
        string[] initialise = [.. unprivileged.Prefix, programs.InitDb, "-D", data, "-U", "postgres", "--auth=trust"];
        var (code, output) = await Command.RunAsync(initialise[0], initialise[1..], programs.Environment);
        if (code != 0)
        {
            throw new InvalidOperationException(output);
        }

        string[] launch = [.. unprivileged.Prefix, programs.Postgres, "-D", data, "-c", "listen_addresses=", "-c", $"unix_socket_directories={root}"];
        await using (await ServerProcess.Watch(root, launch, programs.Environment).GoAsync(CancellationToken.None))
        {
            await using var source = NpgsqlDataSource.Create($"Host={root};Username=postgres;Database=postgres;Pooling=false");
            foreach (var text in new[] { schema, "SELECT count(*) FROM t0" })
            {
                await using var command = source.CreateCommand(text);
                await command.ExecuteScalarAsync();
            }

            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
    }
}
