namespace IntegrationKit.Resources;

/// <summary>What a resource may know about the fixture that owns it.</summary>
/// <param name="FixtureName">Name of the fixture type, for messages and the report.</param>
/// <param name="BaseDirectory">Folder of the test assembly; relative paths in options resolve against it, then against the project folder.</param>
/// <param name="ProjectDirectory">Folder of the test project, when known.</param>
internal sealed record FixtureContext(string FixtureName, string BaseDirectory, string? ProjectDirectory)
{
    /// <summary>Full name of the fixture type, for code the report writes; null where there is none.</summary>
    public string? FixtureType { get; init; }

    /// <summary>Finds a file or folder named in options: absolute, else in the output folder, else in the project folder.</summary>
    public string? FindPath(string path)
    {
        foreach (var root in new[] { BaseDirectory, ProjectDirectory })
        {
            if (root is not null && Path.Combine(root, path) is var full && (File.Exists(full) || Directory.Exists(full)))
            {
                return Path.GetFullPath(full);
            }
        }

        return null;
    }
}
