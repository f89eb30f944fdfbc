using IntegrationKit.Identity;

namespace IntegrationKit.Local;

/// <summary>
/// Initialised data folders kept between runs, per server version: an empty one, and one per set of templates. An entry is
/// written under a temporary name and renamed, so a reader sees a whole entry or none; builders of one version take turns.
/// </summary>
internal sealed class ClusterCache
{
    /// <summary>Change it when what is inside an entry changes meaning.</summary>
    private const string Format = "2";

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
    public static ClusterCache For(Binaries binaries, string initialisation)
    {
        var key = $"{binaries.Version}-{TestIds.Digest(Format + binaries.Folder + initialisation, 10)}";
        foreach (var folder in new[] { BaseFolder, Path.Combine(Path.GetTempPath(), "integrationkit-cache") })
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

    /// <summary>The entry that holds only an initialised server, or null.</summary>
    public string? FindEmpty() => Existing(Path.Combine(root, "empty"));

    /// <summary>The most recently used entry with the template, or null.</summary>
    public string? Find(string templateHash) =>
        Entries().Where(entry => Templates(entry).Contains(templateHash, StringComparer.Ordinal))
            .OrderByDescending(Used)
            .FirstOrDefault();

    public static IReadOnlyList<string> Templates(string entry) =>
        File.Exists(ListPath(entry)) ? File.ReadAllLines(ListPath(entry)) : [];

    public static DateTime Used(string entry) => File.GetLastWriteTimeUtc(ListPath(entry));

    /// <summary>Marks an entry as used just now, for pruning by age.</summary>
    public static void Touch(string entry)
    {
        try
        {
            File.SetLastWriteTimeUtc(ListPath(entry), TimeProvider.System.GetUtcNow().UtcDateTime);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A read-only cache is still a cache.
        }
    }

    /// <summary>Keeps a copy of a stopped server's folder.</summary>
    public async Task SaveAsync(string data, string secret, IReadOnlyList<string> templates, CancellationToken cancellationToken)
    {
        var name = templates.Count == 0 ? "empty" : "set-" + TestIds.Digest(string.Join('\n', templates.Order(StringComparer.Ordinal)), 16);
        var target = Path.Combine(root, name);
        var temporary = Path.Combine(root, $"new-{Environment.ProcessId}-{name}");
        if (Directory.Exists(temporary))
        {
            Directory.Delete(temporary, recursive: true);
        }

        PrivateFolder.Create(temporary);
        await FolderCopy.RunAsync(data, Path.Combine(temporary, "data"), cancellationToken).ConfigureAwait(false);
        File.Copy(secret, SecretPath(temporary));
        await File.WriteAllLinesAsync(ListPath(temporary), templates, cancellationToken).ConfigureAwait(false);
        if (Directory.Exists(target))
        {
            Remove(target);
        }

        Directory.Move(temporary, target);
    }

    public static string SecretPath(string entry) => Path.Combine(entry, "secret");

    public static void Remove(string entry)
    {
        // Renamed first, so that nobody copies a half-deleted folder.
        var doomed = entry + $".old-{Environment.ProcessId}-{TimeProvider.System.GetTimestamp()}";
        Directory.Move(entry, doomed);
        Directory.Delete(doomed, recursive: true);
    }

    /// <summary>Waits until no other process builds in this cache.</summary>
    public Task<IDisposable> LockAsync(CancellationToken cancellationToken) =>
        FileLock.TakeAsync(Path.Combine(root, "building.lock"), TimeSpan.FromMinutes(5), cancellationToken);

    public IEnumerable<string> Entries() => Directory.EnumerateDirectories(root, "set-*").Where(entry => Existing(entry) is not null);

    private static string? Existing(string entry) => File.Exists(ListPath(entry)) && File.Exists(SecretPath(entry)) ? entry : null;

    private static string ListPath(string entry) => Path.Combine(entry, "templates");
}
