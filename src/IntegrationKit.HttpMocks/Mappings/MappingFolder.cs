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

    /// <summary>While recording the folder may not exist yet.</summary>
    public static List<MappingFolder> FindAll(FixtureContext context, HttpMockOptions options, string mock) =>
    [
        .. options.MappingFolders
            .Where(folder => options.Recording.Mode == RecordMode.None || context.FindPath(folder) is not null)
            .Select(folder => Find(context, folder, mock)),
    ];

    public static MappingFolder At(string root)
    {
        var mappings = Path.Combine(root, "mappings");
        var files = Path.Combine(root, "__files");
        return new(Directory.Exists(mappings) ? mappings : root, Directory.Exists(files) ? files : null);
    }

    /// <summary>Writes a stub under its stable name; nothing is touched when it is there already, unchanged.</summary>
    public void Write(StubMapping mapping)
    {
        Directory.CreateDirectory(Mappings);
        var file = Path.Combine(Mappings, mapping.File ?? Recordings.RecordedStub.FileName(mapping));
        var text = MappingWriter.Write(mapping) + "\n";
        if (!File.Exists(file) || File.ReadAllText(file) != text)
        {
            File.WriteAllText(file, text);
        }
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
