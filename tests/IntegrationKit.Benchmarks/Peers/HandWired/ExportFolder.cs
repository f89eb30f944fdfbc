namespace Shop.IntegrationTests;

public sealed class ExportFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("shop-exports-");

    public string Path => folder.FullName;

    public IReadOnlyList<string> Files => [.. folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    public string ReadText(string file) => File.ReadAllText(System.IO.Path.Combine(Path, file));

    public void Empty()
    {
        foreach (var file in folder.EnumerateFiles())
        {
            file.Delete();
        }
    }

    public void Dispose() => folder.Delete(recursive: true);
}
