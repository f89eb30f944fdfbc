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

        var full = Path.GetFullPath(Path.Combine(root, name));
        if (!full.StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new AnswerException($"the body file '{name}' lies outside __files");
        }

        return File.Exists(full)
            ? await File.ReadAllBytesAsync(full, cancellationToken).ConfigureAwait(false)
            : throw new AnswerException($"the body file '{name}' does not exist in __files");
    }
}

/// <summary>A stub matched and cannot answer: its template or body file is wrong. The client gets a 500 that says so.</summary>
internal sealed class AnswerException(string message) : Exception(message);
