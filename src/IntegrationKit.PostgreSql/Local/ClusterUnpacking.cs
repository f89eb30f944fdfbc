namespace IntegrationKit.Local;

/// <summary>
/// Unpacks a cached folder in two steps: what a server needs to start, with the first clone of the wanted template made
/// from the template's own files; then all the other databases.
/// </summary>
internal sealed class ClusterUnpacking(CachedCluster entry, string templateHash)
{
    private const string Databases = "base/";

    private readonly ClusterPack pack = ClusterPack.Open(entry.Pack);

    public void Begin(string data, CancellationToken cancellationToken)
    {
        var wanted = entry.Contents.Templates.First(template => template.Hash == templateHash);
        pack.Unpack(data, file => file.StartsWith(Databases, StringComparison.Ordinal) ? Moved(file, wanted.Oid, wanted.DatabaseOid) : file, cancellationToken);
    }

    public void Finish(string data, CancellationToken cancellationToken)
    {
        pack.Unpack(data, static file => file.StartsWith(Databases, StringComparison.Ordinal) ? file : null, cancellationToken);
        foreach (var other in entry.Contents.Templates.Where(template => template.Hash != templateHash))
        {
            pack.Unpack(data, file => Moved(file, other.Oid, other.DatabaseOid), cancellationToken);
        }
    }

    private static string? Moved(string file, uint from, uint to) =>
        file.StartsWith($"{Databases}{from}/", StringComparison.Ordinal) ? $"{Databases}{to}/{file[$"{Databases}{from}/".Length..]}" : null;
}
