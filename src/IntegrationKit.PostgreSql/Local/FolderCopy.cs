namespace IntegrationKit.Local;

/// <summary>Copies a folder tree by several files at once; modes are kept.</summary>
internal static class FolderCopy
{
    public static async Task RunAsync(string source, string target, CancellationToken cancellationToken)
    {
        PrivateFolder.Create(target);
        foreach (var folder in Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories))
        {
            PrivateFolder.Create(Path.Combine(target, Path.GetRelativePath(source, folder)));
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories),
            options,
            (file, _) =>
            {
                File.Copy(file, Path.Combine(target, Path.GetRelativePath(source, file)), overwrite: true);
                return ValueTask.CompletedTask;
            }).ConfigureAwait(false);
    }
}
