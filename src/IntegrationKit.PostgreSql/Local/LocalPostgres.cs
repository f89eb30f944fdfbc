using IntegrationKit.Servers;

namespace IntegrationKit.Local;

/// <summary>What the doctor command shows about PostgreSQL on this machine, and what it may remove.</summary>
internal static class LocalPostgres
{
    /// <summary>Every provider with its answer, in the order of choice. Nothing is started; a server that is named is asked.</summary>
    public static async Task<IReadOnlyList<ProviderAnswer>> ProbeAsync(CancellationToken cancellationToken)
    {
        List<ProviderAnswer> answers = [await ExternalAsync(cancellationToken).ConfigureAwait(false)];
        foreach (var provider in ServerChoice.Automatic())
        {
            var probe = await provider.ProbeAsync(cancellationToken).ConfigureAwait(false);
            answers.Add(new ProviderAnswer(provider.Name, probe.Usable, probe.Reason));
        }

        return answers;
    }

    /// <summary>Cached data folders, the one used last first.</summary>
    public static IReadOnlyList<CacheEntry> Caches() =>
    [
        .. ClusterCache.All().OrderByDescending(entry => entry.Used)
            .Select(entry => new CacheEntry(entry.Path, entry.Contents.Templates.Count, Size(entry.Path), entry.Used)),
    ];

    /// <summary>Cached folders that this version cannot read.</summary>
    public static IReadOnlyList<string> Unreadable() => [.. ClusterCache.Unreadable()];

    /// <summary>Servers that go on because they hold the databases of failed tests.</summary>
    public static IReadOnlyList<string> Kept() => Leftovers.Find(kept: true);

    /// <summary>Folders of dead runs.</summary>
    public static IReadOnlyList<string> FindLeftovers() => Leftovers.Find(kept: false);

    /// <summary>Removes leftovers, kept servers, and cached folders of other versions or not used for the given time. Returns what was removed.</summary>
    public static IReadOnlyList<string> Prune(TimeSpan unused)
    {
        List<string> removed = [.. Leftovers.Sweep(keptToo: true)];
        var limit = TimeProvider.System.GetUtcNow().UtcDateTime - unused;
        removed.AddRange(Caches().Where(cache => cache.LastUse < limit && ClusterCache.TryRemove(cache.Path)).Select(cache => cache.Path));
        removed.AddRange(Unreadable().Where(ClusterCache.TryRemove));
        return removed;
    }

    private static async Task<ProviderAnswer> ExternalAsync(CancellationToken cancellationToken)
    {
        if (ExplicitServerProvider.FromEnvironment() is not { } external)
        {
            return new ProviderAnswer("external", false, $"{ExplicitServerProvider.Variable} is not set");
        }

        try
        {
            var server = await external.StartAsync(new ServerNeeds("", static (_, _) => Task.CompletedTask), cancellationToken).ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            {
                return new ProviderAnswer("external", true, $"{server.Endpoint}, PostgreSQL {server.Facts.Version}");
            }
        }
        catch (DatabaseSetupException exception)
        {
            return new ProviderAnswer("external", false, exception.Message, IsNamed: true);
        }
    }

    private static long Size(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
}

// IsNamed: The user named it, so nothing else is tried when it cannot be used.
internal sealed record ProviderAnswer(string Provider, bool Usable, string Reason, bool IsNamed = false);

internal sealed record CacheEntry(string Path, int Templates, long Bytes, DateTime LastUse);
