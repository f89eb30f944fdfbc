using IntegrationKit.Servers;

namespace IntegrationKit.Local;

/// <summary>What the doctor command shows about PostgreSQL on this machine, and what it may remove.</summary>
internal static class LocalPostgres
{
    /// <summary>Every provider with its answer, without starting anything.</summary>
    public static async Task<IReadOnlyList<(string Provider, bool Usable, string Reason)>> ProbeAsync(CancellationToken cancellationToken)
    {
        List<(string, bool, string)> answers = [];
        var external = ExplicitServerProvider.FromEnvironment();
        answers.Add(("external", external is not null, external is null ? $"{ExplicitServerProvider.Variable} is not set" : Connections.Describe(external.ConnectionString)));
        foreach (var provider in ServerChoice.Automatic())
        {
            var probe = await provider.ProbeAsync(cancellationToken).ConfigureAwait(false);
            answers.Add((provider.Name, probe.Usable, probe.Reason));
        }

        return answers;
    }

    /// <summary>Cached data folders: path, templates in it, bytes, last use.</summary>
    public static IReadOnlyList<(string Path, int Templates, long Bytes, DateTime LastUse)> Caches() =>
    [
        .. ClusterCache.All().Select(entry => (entry.Path, entry.Contents.Templates.Count, Size(entry.Path), entry.Used)),
    ];

    /// <summary>Folders of dead runs.</summary>
    public static IReadOnlyList<string> FindLeftovers() => Leftovers.Find();

    /// <summary>Removes leftovers, and cached folders that were not used for the given time. Returns what was removed.</summary>
    public static IReadOnlyList<string> Prune(TimeSpan unused)
    {
        List<string> removed = [.. Leftovers.Sweep()];
        var limit = TimeProvider.System.GetUtcNow().UtcDateTime - unused;
        foreach (var (path, _, _, lastUse) in Caches().Where(cache => cache.LastUse < limit))
        {
            if (ClusterCache.TryRemove(path))
            {
                removed.Add(path);
            }
        }

        return removed;
    }

    private static long Size(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
}
