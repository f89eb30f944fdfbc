using System.Security.Cryptography;
using IntegrationKit.Servers;

namespace IntegrationKit.Local;

/// <summary>
/// Brings up one local server: from a cached folder that has the wanted template already, else from an initialised one in
/// which the template is then built and cached.
/// </summary>
internal sealed class LocalServerStart(Binaries binaries, Unprivileged unprivileged, ServerNeeds needs)
{
    private readonly ClusterCache cache = ClusterCache.For(binaries, ClusterSettings.Initialisation);

    public async Task<PostgresServer> RunAsync(CancellationToken cancellationToken)
    {
        Leftovers.Sweep();
        var entry = cache.Find(needs.TemplateHash);
        if (entry is not null && await TryWarmAsync(entry, cancellationToken).ConfigureAwait(false) is { } warm)
        {
            return warm;
        }

        using var turn = await cache.LockAsync(cancellationToken).ConfigureAwait(false);
        entry = cache.Find(needs.TemplateHash);
        return entry is not null && await TryWarmAsync(entry, cancellationToken).ConfigureAwait(false) is { } built
            ? built
            : await ColdAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<PostgresServer?> TryWarmAsync(string entry, CancellationToken cancellationToken)
    {
        var folder = RuntimeFolder.Create(needs.Replaces?.Details.GetValueOrDefault("data"));
        try
        {
            await CopyAsync(entry, folder, cancellationToken).ConfigureAwait(false);
            ClusterCache.Touch(entry);
            return await StartAsync(folder, "cached template", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or DatabaseSetupException or Npgsql.NpgsqlException)
        {
            // A damaged entry is rebuilt.
            folder.Dispose();
            TryRemove(entry);
            return null;
        }
    }

    private async Task<PostgresServer> ColdAsync(CancellationToken cancellationToken)
    {
        var folder = RuntimeFolder.Create(needs.Replaces?.Details.GetValueOrDefault("data"));
        try
        {
            await File.WriteAllTextAsync(folder.KeepMark, "", cancellationToken).ConfigureAwait(false);
            var process = await LaunchEmptyAsync(folder, cancellationToken).ConfigureAwait(false);
            await BuildAsync(process, folder, cancellationToken).ConfigureAwait(false);
            File.Delete(folder.KeepMark);
            await TrySaveAsync(folder, [needs.TemplateHash], cancellationToken).ConfigureAwait(false);
            return await StartAsync(folder, "new template", cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            File.Delete(folder.KeepMark);
            folder.Dispose();
            throw;
        }
    }

    /// <summary>A server without any database of ours: from the cached folder, or from a new one when that is missing or damaged.</summary>
    private async Task<ServerProcess> LaunchEmptyAsync(RuntimeFolder folder, CancellationToken cancellationToken)
    {
        if (cache.FindEmpty() is { } empty)
        {
            try
            {
                await CopyAsync(empty, folder, cancellationToken).ConfigureAwait(false);
                return await LaunchAsync(folder, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or DatabaseSetupException)
            {
                TryRemove(empty);
                Directory.Delete(folder.Data, recursive: true);
            }
        }

        await InitialiseAsync(folder, cancellationToken).ConfigureAwait(false);
        return await LaunchAsync(folder, cancellationToken).ConfigureAwait(false);
    }

    private async Task BuildAsync(ServerProcess process, RuntimeFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            var builder = new PostgresServer(ConnectionString(folder)) { Provider = "local_process", LogTail = () => process.LogTail };
            await using (builder.ConfigureAwait(false))
            {
                await builder.ConnectedAsync(cancellationToken).ConfigureAwait(false);
                await needs.BuildTemplate(builder, cancellationToken).ConfigureAwait(false);
            }

            await process.StopCleanlyAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await process.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task InitialiseAsync(RuntimeFolder folder, CancellationToken cancellationToken)
    {
        await PrivateFolder.WriteSecretAsync(Secret(folder), RandomNumberGenerator.GetHexString(32, lowercase: true), cancellationToken).ConfigureAwait(false);
        await OwnAsync(folder, cancellationToken).ConfigureAwait(false);
        string[] command = [.. unprivileged.Prefix, binaries.InitDb, "-D", folder.Data, "--pwfile", Secret(folder), .. ClusterSettings.InitialisationArguments];
        var (exitCode, output) = await Command.RunAsync(command[0], command[1..], binaries.Environment, cancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw new DatabaseSetupException($"{binaries.InitDb} could not make a data folder (exit code {exitCode}):\n{output.Trim()}");
        }

        await TrySaveAsync(folder, [], cancellationToken).ConfigureAwait(false);
    }

    private async Task<PostgresServer> StartAsync(RuntimeFolder folder, string origin, CancellationToken cancellationToken)
    {
        var process = await LaunchAsync(folder, cancellationToken).ConfigureAwait(false);
        var server = new PostgresServer(ConnectionString(folder))
        {
            Provider = "local_process",
            Disposable = true,
            LogTail = () => process.LogTail,
            Ended = process.Ended,
            Details = new Dictionary<string, string> { ["binaries"] = binaries.Folder, ["data"] = folder.Path, ["started_from"] = origin },
            Stop = async () =>
            {
                await process.DisposeAsync().ConfigureAwait(false);
                folder.Dispose();
            },
        };
        return await server.ConnectedAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<ServerProcess> LaunchAsync(RuntimeFolder folder, CancellationToken cancellationToken)
    {
        await OwnAsync(folder, cancellationToken).ConfigureAwait(false);
        return await ServerProcess.StartAsync(
            folder.Path,
            [.. unprivileged.Prefix, binaries.Postgres, "-D", folder.Data, .. ClusterSettings.ServerArguments(folder.Sockets)],
            binaries.Environment,
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task CopyAsync(string entry, RuntimeFolder folder, CancellationToken cancellationToken)
    {
        await FolderCopy.RunAsync(Path.Combine(entry, "data"), folder.Data, cancellationToken).ConfigureAwait(false);
        File.Copy(ClusterCache.SecretPath(entry), Secret(folder), overwrite: true);
    }

    private async Task OwnAsync(RuntimeFolder folder, CancellationToken cancellationToken)
    {
        if (unprivileged.Owner is { } owner)
        {
            await Command.RunAsync("chown", ["-R", owner, folder.Path], cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TrySaveAsync(RuntimeFolder folder, IReadOnlyList<string> templates, CancellationToken cancellationToken)
    {
        try
        {
            await cache.SaveAsync(folder.Data, Secret(folder), templates, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No room or no right to cache: this run works, the next one starts cold again.
        }
    }

    private static void TryRemove(string entry)
    {
        try
        {
            ClusterCache.Remove(entry);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody else was faster, or the cache is read-only.
        }
    }

    private static string Secret(RuntimeFolder folder) => Path.Combine(folder.Path, "secret");

    private static string ConnectionString(RuntimeFolder folder) => new Npgsql.NpgsqlConnectionStringBuilder
    {
        Host = folder.Sockets,
        Port = ClusterSettings.Port,
        Username = ClusterSettings.User,
        Password = File.ReadAllText(Secret(folder)),
        Database = "postgres",
    }.ConnectionString;
}
