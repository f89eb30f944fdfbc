using System.Text.Json;
using IntegrationKit.Identity;

namespace IntegrationKit.Local;

/// <summary>
/// Initialised data folders kept between runs, per server version: an empty one, and one per set of templates. An entry is
/// written under a temporary name and renamed, so a reader sees a whole entry or none; builders of one version take turns.
/// </summary>
internal sealed class ClusterCache
{
    /// <summary>Change it when what is inside an entry changes meaning.</summary>
    private const string Format = "3";

    /// <summary>Of entries with templates; those used least recently go first.</summary>
    private const int EntriesKept = 24;

    private const string Refused = "refused";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private readonly string root;

    private ClusterCache(string root) => this.root = root;

    public static string BaseFolder =>
        Environment.GetEnvironmentVariable("INTEGRATIONKIT_CACHE") is { Length: > 0 } chosen
            ? Path.Combine(chosen, "postgres")
            : Path.Combine(
                Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
                    ? cache
                    : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
                "integrationkit",
                "postgres");

    /// <summary>The cache for these programs, in the user's cache folder or, when that cannot be written, a temporary one.</summary>
    public static ClusterCache For(Binaries binaries, string initialisation) =>
        At($"{binaries.Version}-{TestIds.Digest(Format + binaries.Folder + initialisation, 10)}");

    // key: Names the folder of all that was made in the same way.
    public static ClusterCache At(string key)
    {
        foreach (var folder in new[] { BaseFolder, Path.Combine(Path.GetTempPath(), $"integrationkit-cache-{Environment.UserName}") })
        {
            try
            {
                var versionRoot = Path.Combine(folder, key);
                PrivateFolder.Create(versionRoot);
                var probe = Path.Combine(versionRoot, $"probe-{Environment.ProcessId}");
                File.WriteAllText(probe, "");
                File.Delete(probe);
                return new ClusterCache(versionRoot);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Try the next folder; the temporary one is at worst as unwritable, which the start then reports.
            }
        }

        throw new DatabaseSetupException(
            $"Neither {BaseFolder} nor a folder below {Path.GetTempPath()} can be written. Set INTEGRATIONKIT_CACHE to a writable folder.");
    }

    /// <summary>All entries of all versions.</summary>
    public static IEnumerable<CachedCluster> All() =>
        (Directory.Exists(BaseFolder) ? Directory.EnumerateDirectories(BaseFolder) : [])
        .SelectMany(Directory.EnumerateDirectories).Select(CachedCluster.Read).OfType<CachedCluster>();

    /// <summary>Entries of another version of the kit, which are of no use to this one. What was changed within the hour may be somebody's work.</summary>
    public static IEnumerable<string> Unreadable() =>
        (Directory.Exists(BaseFolder) ? Directory.EnumerateDirectories(BaseFolder) : [])
        .SelectMany(Directory.EnumerateDirectories)
        .Where(folder => (CachedCluster.Read(folder) is not { } entry || !File.Exists(entry.Pack)) && IsOlderThanAnHour(folder));

    /// <summary>The entry that holds only an initialised server, or null.</summary>
    public CachedCluster? FindEmpty() => CachedCluster.Read(Path.Combine(root, "empty"));

    /// <summary>True for a day after <see cref="Refuse"/>.</summary>
    public bool IsRefused => TimeProvider.System.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(Path.Combine(root, Refused)) < TimeSpan.FromDays(1);

    /// <summary>Notes that what is made in this way cannot be used, so that the next runs do not try.</summary>
    public void Refuse() => File.WriteAllText(Path.Combine(root, Refused), "");

    /// <summary>The most recently used entry with the template, or null.</summary>
    public CachedCluster? Find(string templateHash) =>
        Entries().Where(entry => entry.Has(templateHash)).OrderByDescending(entry => entry.Used).FirstOrDefault();

    /// <summary>Keeps a copy of a stopped server's folder.</summary>
    public Task SaveAsync(string data, string secret, ClusterContents contents, CancellationToken cancellationToken)
    {
        // A clone has the files of its template.
        string[] clones = [.. contents.Templates.Select(template => $"base/{template.DatabaseOid}")];
        return SaveAsync(
            contents,
            async entry =>
            {
                await ClusterPack.WriteAsync(data, entry.Pack, clones, cancellationToken).ConfigureAwait(false);
                File.Copy(secret, entry.Secret);
            },
            cancellationToken);
    }

    /// <summary>Keeps what somebody writes into a new entry.</summary>
    public async Task SaveAsync(ClusterContents contents, Func<CachedCluster, Task> write, CancellationToken cancellationToken)
    {
        var hashes = contents.Templates.Select(template => template.Hash).Order(StringComparer.Ordinal).ToArray();
        var name = hashes.Length == 0 ? "empty" : "set-" + TestIds.Digest(string.Join('\n', hashes), 16);
        var target = Path.Combine(root, name);
        var entry = new CachedCluster(Path.Combine(root, $"new-{Environment.ProcessId}-{name}"), contents);
        if (Directory.Exists(entry.Path))
        {
            Directory.Delete(entry.Path, recursive: true);
        }

        PrivateFolder.Create(entry.Path);
        await write(entry).ConfigureAwait(false);
        await File.WriteAllTextAsync(CachedCluster.ContentsPath(entry.Path), JsonSerializer.Serialize(contents), cancellationToken).ConfigureAwait(false);
        if (Directory.Exists(target))
        {
            CachedCluster.Remove(target);
        }

        Directory.Move(entry.Path, target);
        Prune();
    }

    /// <summary>Waits until no other process builds in this cache.</summary>
    public Task<IDisposable> LockAsync(CancellationToken cancellationToken) =>
        FileLock.TakeAsync(Path.Combine(root, "building.lock"), TimeSpan.FromMinutes(5), cancellationToken);

    private IEnumerable<CachedCluster> Entries() => Directory.EnumerateDirectories(root, "set-*").Select(CachedCluster.Read).OfType<CachedCluster>();

    /// <summary>
    /// Old entries, and what builders left that were killed. The builder whose turn it is calls this; a folder younger than an
    /// hour may be another one's (entries are also saved at the end of a run, without a turn).
    /// </summary>
    private void Prune()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var old = Entries().OrderByDescending(entry => entry.Used)
            .Where((entry, i) => i >= EntriesKept || now - entry.Used > Kept)
            .Select(entry => entry.Path);
        var broken = Directory.EnumerateDirectories(root)
            .Where(folder => Path.GetFileName(folder)[..4] is "new-" or "old-" && IsOlderThanAnHour(folder));
        foreach (var folder in old.Concat(broken).ToArray())
        {
            TryRemove(folder);
        }
    }

    private static bool IsOlderThanAnHour(string folder) =>
        TimeProvider.System.GetUtcNow().UtcDateTime - Directory.GetLastWriteTimeUtc(folder) > TimeSpan.FromHours(1);

    public static bool TryRemove(string entry)
    {
        try
        {
            CachedCluster.Remove(entry);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody else was faster, or the cache is read-only.
            return false;
        }
    }
}
