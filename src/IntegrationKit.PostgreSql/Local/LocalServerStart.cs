using IntegrationKit.Servers;

namespace IntegrationKit.Local;

/// <summary>
/// Brings up one local server: from a cached folder that has the wanted template already, else from an initialised one in
/// which the template is then built and cached.
/// </summary>
internal sealed class LocalServerStart(Binaries binaries, Unprivileged unprivileged, ServerNeeds needs)
{
    private readonly ClusterCache cache = ClusterCache.For(binaries, ClusterSettings.Initialisation);
    private readonly ClusterBuild build = new(binaries, unprivileged);

    public async Task<PostgresServer> RunAsync(CancellationToken cancellationToken)
    {
        Leftovers.Sweep();
        if (cache.Find(needs.TemplateHash) is { } entry && await TryWarmAsync(entry, cancellationToken).ConfigureAwait(false) is { } warm)
        {
            return warm;
        }

        using var turn = await cache.LockAsync(cancellationToken).ConfigureAwait(false);
        return cache.Find(needs.TemplateHash) is { } others && await TryWarmAsync(others, cancellationToken).ConfigureAwait(false) is { } built
            ? built
            : await ColdAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<PostgresServer?> TryWarmAsync(CachedCluster entry, CancellationToken cancellationToken)
    {
        var folder = RuntimeFolder.Choose(needs.Replaces?.Details.GetValueOrDefault("data"));
        var watched = build.Watch(folder);
        try
        {
            var unpacking = new ClusterUnpacking(entry, needs.TemplateHash);
            await watched.WatchingAsync().ConfigureAwait(false);
            folder.Open();
            unpacking.Begin(folder.Data, cancellationToken);
            File.Copy(entry.Secret, folder.Secret, overwrite: true);
            entry.Touch();
            // What the server does not read at its start is unpacked while it starts.
            var rest = Task.Run(() => unpacking.Finish(folder.Data, cancellationToken), cancellationToken);
            if (unprivileged.Owner is not null)
            {
                await rest.ConfigureAwait(false);
            }

            return await RunningAsync(watched, folder, entry.Contents, "cached template", rest, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or AggregateException or DatabaseSetupException or Npgsql.NpgsqlException)
        {
            // A damaged entry is rebuilt.
            await watched.DisposeAsync().ConfigureAwait(false);
            folder.Dispose();
            ClusterCache.TryRemove(entry.Path);
            return null;
        }
    }

    private async Task<PostgresServer> ColdAsync(CancellationToken cancellationToken)
    {
        var folder = RuntimeFolder.Choose(needs.Replaces?.Details.GetValueOrDefault("data"));
        var guard = build.Watch(folder);
        ServerProcess? watched = null;
        try
        {
            await guard.WatchingAsync().ConfigureAwait(false);
            folder.Open();
            folder.Keep(true);
            var process = await LaunchEmptyAsync(guard, folder, cancellationToken).ConfigureAwait(false);
            // The next watchdog comes before the one that ends with its server.
            watched = build.Watch(folder);
            await watched.WatchingAsync().ConfigureAwait(false);
            var (contents, failure) = await build.RunAsync(process, folder, needs, cancellationToken).ConfigureAwait(false);
            folder.Keep(false);
            if (failure is null)
            {
                await TrySaveAsync(folder, contents, cancellationToken).ConfigureAwait(false);
            }

            var server = await RunningAsync(watched, folder, contents, failure is null ? "new template" : "empty server", Task.CompletedTask, cancellationToken).ConfigureAwait(false);
            return failure is null ? server : server.Lacking(needs.TemplateHash, failure);
        }
        catch
        {
            folder.Keep(false);
            await guard.DisposeAsync().ConfigureAwait(false);
            if (watched is not null)
            {
                await watched.DisposeAsync().ConfigureAwait(false);
            }

            folder.Dispose();
            throw;
        }
    }

    /// <summary>A server without any database of ours: from the cached folder, or from a new one when that is missing or damaged.</summary>
    private async Task<ServerProcess> LaunchEmptyAsync(ServerProcess watched, RuntimeFolder folder, CancellationToken cancellationToken)
    {
        if (cache.FindEmpty() is { } empty)
        {
            try
            {
                File.Copy(empty.Secret, folder.Secret, overwrite: true);
                ClusterPack.Open(empty.Pack).Unpack(folder.Data, static file => file, cancellationToken);
                return await build.LaunchAsync(watched, folder, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException or AggregateException or DatabaseSetupException)
            {
                ClusterCache.TryRemove(empty.Path);
                folder.Empty();
                var next = build.Watch(folder);
                await next.WatchingAsync().ConfigureAwait(false);
                await watched.LeaveAsync().ConfigureAwait(false);
                watched = next;
            }
        }

        await build.InitialiseAsync(folder, cancellationToken).ConfigureAwait(false);
        await TrySaveAsync(folder, new ClusterContents([], null), cancellationToken).ConfigureAwait(false);
        return await build.LaunchAsync(watched, folder, cancellationToken).ConfigureAwait(false);
    }

    private async Task<PostgresServer> RunningAsync(
        ServerProcess watched, RuntimeFolder folder, ClusterContents contents, string origin, Task complete, CancellationToken cancellationToken)
    {
        var process = await build.LaunchAsync(watched, folder, cancellationToken).ConfigureAwait(false);
        try
        {
            await complete.ConfigureAwait(false);
        }
        catch
        {
            await process.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        PostgresServer? server = null;
        server = new PostgresServer(folder.ConnectionString())
        {
            Provider = "local_process",
            Disposable = true,
            LogTail = () => process.LogTail,
            Ended = process.Ended,
            Details = new Dictionary<string, string> { ["binaries"] = binaries.Folder, ["data"] = folder.Path, ["started_from"] = origin },
            LiveOn = () =>
            {
                File.WriteAllText(folder.LiveOnMark, "");
                return true;
            },
            Stop = async () =>
            {
                if (File.Exists(folder.LiveOnMark) && !process.Ended.IsCompleted)
                {
                    process.LetGo();
                    folder.Dispose();
                    return;
                }

                await KeepNewTemplatesAsync(server!, contents, process, folder).ConfigureAwait(false);
                await process.DisposeAsync().ConfigureAwait(false);
                folder.Dispose();
            },
        };
        return server.Known(contents.Facts!, contents.Templates);
    }

    /// <summary>
    /// Templates that further databases built in the running server: the next run starts from a folder that has them all.
    /// </summary>
    private async Task KeepNewTemplatesAsync(PostgresServer server, ClusterContents contents, ServerProcess process, RuntimeFolder folder)
    {
        var hashes = server.Templates.Keys.ToArray();
        if (hashes.Length == contents.Templates.Count || hashes.Length > ClusterBuild.TemplatesKept || process.Ended.IsCompleted)
        {
            return;
        }

        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(8));
            folder.Keep(true);
            var guard = build.Watch(folder);
            await using var ends = guard.ConfigureAwait(false);
            await guard.WatchingAsync().ConfigureAwait(false);
            var all = await build.FinishAsync(process, folder, hashes, deadline.Token).ConfigureAwait(false);
            await TrySaveAsync(folder, all, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or TimeoutException or Npgsql.NpgsqlException)
        {
            // The next run builds them again.
        }
        finally
        {
            folder.Keep(false);
        }
    }

    private async Task TrySaveAsync(RuntimeFolder folder, ClusterContents contents, CancellationToken cancellationToken)
    {
        try
        {
            await cache.SaveAsync(folder.Data, folder.Secret, contents, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No room or no right to cache: this run works, the next one starts cold again.
        }
    }
}
