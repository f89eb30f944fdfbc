namespace IntegrationKit;

/// <summary>
/// A stub mapping could not be read: malformed JSON, an unknown field or matcher, an invalid regex, path or template.
/// Nothing is ignored silently. The message names the file and the JSON pointer of the offending value.
/// </summary>
public sealed class MockMappingException : Exception
{
    internal MockMappingException(string problem, string pointer, string? file, Exception? inner = null)
        : base($"{(file is null ? "" : file + ": ")}{(pointer.Length == 0 ? "/" : pointer)}: {problem}", inner)
    {
        Problem = problem;
        Pointer = pointer;
        File = file;
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }

    /// <summary>JSON pointer (RFC 6901) of the value that was refused.</summary>
    public string Pointer { get; }

    /// <summary>The file it was read from, or null for a stub from code or the admin API.</summary>
    public string? File { get; }
}
