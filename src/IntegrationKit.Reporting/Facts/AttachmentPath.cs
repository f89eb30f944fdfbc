namespace IntegrationKit.Facts;

/// <summary>Paths of attachments come from journals, and a journal is a file that anybody may have written.</summary>
internal static class AttachmentPath
{
    public const string Folder = "attachments";

    /// <summary>True for a plain file name directly under <c>attachments/</c>.</summary>
    public static bool IsOwn(string path) => path.StartsWith(Folder + "/", StringComparison.Ordinal) && IsName(path.AsSpan(Folder.Length + 1));

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('.' or '-' or '_'))
            {
                return false;
            }
        }

        return name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]);
    }
}
