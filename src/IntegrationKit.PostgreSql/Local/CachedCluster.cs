using System.Text.Json;
using IntegrationKit.Servers;

namespace IntegrationKit.Local;

/// <summary>One entry of the cache: a packed data folder, the password of its superuser, and what is known about it.</summary>
internal sealed record CachedCluster(string Path, ClusterContents Contents)
{
    public string Pack => System.IO.Path.Combine(Path, "data.pack");

    public string Secret => System.IO.Path.Combine(Path, "secret");

    /// <summary>When a run started from it last.</summary>
    public DateTime Used => File.GetLastWriteTimeUtc(ContentsPath(Path));

    public static string ContentsPath(string entry) => System.IO.Path.Combine(entry, "contents.json");

    /// <summary>The entry in a folder, or null when it is none or damaged.</summary>
    public static CachedCluster? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<ClusterContents>(File.ReadAllText(ContentsPath(folder))) is { } contents
                ? new CachedCluster(folder, contents)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public bool Has(string templateHash) => Contents.Templates.Any(template => template.Hash == templateHash);

    /// <summary>Marks it as used just now, for pruning by age.</summary>
    public void Touch()
    {
        try
        {
            File.SetLastWriteTimeUtc(ContentsPath(Path), TimeProvider.System.GetUtcNow().UtcDateTime);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A read-only cache is still a cache.
        }
    }

    /// <summary>Renamed first, so that nobody reads a half-deleted folder.</summary>
    public static void Remove(string entry)
    {
        var name = $"old-{Environment.ProcessId}-{TimeProvider.System.GetTimestamp()}";
        var doomed = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(entry)!, name);
        Directory.Move(entry, doomed);
        Directory.Delete(doomed, recursive: true);
    }
}

// Facts: Of the server that runs on the folder; null when only initialised.
internal sealed record ClusterContents(IReadOnlyList<CachedTemplate> Templates, ServerFacts? Facts);
