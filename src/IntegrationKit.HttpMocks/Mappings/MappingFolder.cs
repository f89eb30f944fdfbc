using IntegrationKit.Resources;

namespace IntegrationKit.Mappings;

/// <summary>A folder of stub mappings, with its body files.</summary>
/// <param name="Mappings">Folder of JSON files, read with its subfolders in the order of their names.</param>
/// <param name="Files">Folder of body files, or null.</param>
internal sealed record MappingFolder(string Mappings, string? Files)
{
    public static MappingFolder Find(FixtureContext context, string folder, string mock)
    {
        var root = context.FindPath(folder) ?? throw new DirectoryNotFoundException(
            $"Mock '{mock}': the mappings folder '{folder}' is neither in {context.BaseDirectory} nor in the project"
            + $" ({context.ProjectDirectory ?? "unknown"}). Copy it to the output folder or correct the path.");
        return At(root);
    }

    public static MappingFolder At(string root)
    {
        var mappings = Path.Combine(root, "mappings");
        var files = Path.Combine(root, "__files");
        return new(Directory.Exists(mappings) ? mappings : root, Directory.Exists(files) ? files : null);
    }

    public IEnumerable<StubMapping> Read()
    {
        if (!Directory.Exists(Mappings))
        {
            yield break;
        }

        var files = Directory.EnumerateFiles(Mappings, "*.json", SearchOption.AllDirectories)
            .Where(file => !file.Contains("__files", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        foreach (var file in files)
        {
            foreach (var mapping in MappingReader.ReadText(File.ReadAllText(file), Path.GetRelativePath(Mappings, file)))
            {
                yield return mapping;
            }
        }
    }
}
