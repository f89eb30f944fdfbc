namespace IntegrationKit.Runs;

/// <summary>Commit and branch, read from the files of git; no process is started.</summary>
internal static class VersionControl
{
    public static (string? Commit, string? Branch) Read(string? projectDirectory)
    {
        try
        {
            if (SourcePaths.RepositoryRoot(projectDirectory) is not { } root || GitFolder(root) is not { } git)
            {
                return (null, null);
            }

            var head = File.ReadAllText(Path.Combine(git, "HEAD")).Trim();
            if (!head.StartsWith("ref: ", StringComparison.Ordinal))
            {
                return (head, null);
            }

            var reference = head[5..];
            var branch = reference.StartsWith("refs/heads/", StringComparison.Ordinal) ? reference[11..] : reference;
            return (Resolve(git, reference), branch);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, null);
        }
    }

    private static string? GitFolder(string root)
    {
        var path = Path.Combine(root, ".git");
        if (Directory.Exists(path))
        {
            return path;
        }

        // A work tree's .git is a file that names the folder.
        var text = File.ReadAllText(path).Trim();
        return text.StartsWith("gitdir: ", StringComparison.Ordinal) ? Path.GetFullPath(Path.Combine(root, text[8..])) : null;
    }

    private static string? Resolve(string git, string reference)
    {
        var common = Path.Combine(git, "commondir");
        var folders = File.Exists(common) ? new[] { git, Path.GetFullPath(Path.Combine(git, File.ReadAllText(common).Trim())) } : [git];
        foreach (var folder in folders)
        {
            if (Path.Combine(folder, reference) is var loose && File.Exists(loose))
            {
                return File.ReadAllText(loose).Trim();
            }

            if (Path.Combine(folder, "packed-refs") is var packed && File.Exists(packed)
                && File.ReadLines(packed).FirstOrDefault(line => line.EndsWith(" " + reference, StringComparison.Ordinal)) is { } found)
            {
                return found.Split(' ')[0];
            }
        }

        return null;
    }
}
