namespace IntegrationKit.Responding;

/// <summary>Body files below one folder; names that lead out of it are refused.</summary>
internal sealed class BodyFiles(string? root)
{
    public async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (root is null)
        {
            throw new AnswerException($"the body file '{name}' is asked for, and the mock has no __files folder");
        }

        var full = PathOf(root, name) ?? throw new AnswerException($"the body file '{name}' lies outside __files");

        return File.Exists(full)
            ? await File.ReadAllBytesAsync(full, cancellationToken).ConfigureAwait(false)
            : throw new AnswerException($"the body file '{name}' does not exist in __files");
    }

    /// <summary>The file's full path, or null when the name leads out of the folder.</summary>
    public static string? PathOf(string root, string name)
    {
        var full = Path.GetFullPath(Path.Combine(root, name));
        return full.StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? full : null;
    }
}

/// <summary>A stub matched and cannot answer: its template or body file is wrong. The client gets a 500 that says so.</summary>
internal sealed class AnswerException(string message) : Exception(message);
