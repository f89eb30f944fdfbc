using System.Collections.Concurrent;

namespace IntegrationKit.Runs;

/// <summary>Makes compile-time source paths relative to the repository (else to the project), so that no machine path reaches the report.</summary>
internal sealed class SourcePaths
{
    private readonly ConcurrentDictionary<string, string> known = new(StringComparer.Ordinal);
    private readonly string? root;

    public SourcePaths(string? projectDirectory) => root = RepositoryRoot(projectDirectory) ?? projectDirectory;

    public string? Relative(string? sourcePath) => string.IsNullOrEmpty(sourcePath) ? null : known.GetOrAdd(sourcePath, Find);

    private string Find(string sourcePath)
    {
        // Deterministic builds map the repository to /_/.
        if (sourcePath.StartsWith("/_/", StringComparison.Ordinal))
        {
            return sourcePath[3..];
        }

        if (root is not null && Path.GetRelativePath(root, sourcePath) is var relative
            && !relative.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(relative))
        {
            return relative.Replace('\\', '/');
        }

        return Path.GetFileName(sourcePath);
    }

    /// <summary>The nearest folder upwards that git works in.</summary>
    public static string? RepositoryRoot(string? start)
    {
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                return folder;
            }
        }

        return null;
    }
}
