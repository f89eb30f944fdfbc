using System.Collections.Concurrent;

namespace IntegrationKit.Stubs;

/// <summary>
/// Stubs by what their paths have in common with a request's path: the whole path, or the literal beginning of a pattern.
/// Asking costs one look-up per distinct prefix length, not one match per stub. Reading never locks.
/// </summary>
internal sealed class StubIndex
{
    private readonly ConcurrentDictionary<string, Stub[]> exact = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Stub[]> byPrefix = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Stub[]>.AlternateLookup<ReadOnlySpan<char>> prefixes;
    private int[] lengths = [];

    public StubIndex() => prefixes = byPrefix.GetAlternateLookup<ReadOnlySpan<char>>();

    public void Add(Stub stub)
    {
        var (table, key) = Place(stub);
        table.AddOrUpdate(key, _ => [stub], (_, present) => Insert(present, stub));
        if (ReferenceEquals(table, byPrefix) && !lengths.Contains(key.Length))
        {
            lengths = [.. lengths.Append(key.Length).Order()];
        }
    }

    public void Remove(Stub stub)
    {
        var (table, key) = Place(stub);
        if (table.TryGetValue(key, out var present))
        {
            Stub[] rest = [.. present.Where(other => !ReferenceEquals(other, stub))];
            _ = rest.Length == 0 ? table.TryRemove(key, out _) : table.TryUpdate(key, rest, present);
        }
    }

    /// <summary>Fills the lists that can hold a match, each in the order of asking.</summary>
    public void Collect(string target, string path, ref CandidateLists lists)
    {
        if (exact.TryGetValue(path, out var found))
        {
            lists.Add(found);
        }

        foreach (var length in lengths)
        {
            if (length > target.Length)
            {
                break;
            }

            if (prefixes.TryGetValue(target.AsSpan(0, length), out found))
            {
                lists.Add(found);
            }
        }
    }

    private (ConcurrentDictionary<string, Stub[]> Table, string Key) Place(Stub stub)
    {
        var url = stub.Mapping.Request.Url;
        return url?.ExactPath is { } path ? (exact, path) : (byPrefix, url?.LiteralPrefix ?? "");
    }

    private static Stub[] Insert(Stub[] present, Stub stub)
    {
        var at = Array.BinarySearch(present, stub, Stub.Order);
        at = at < 0 ? ~at : at;
        return [.. present[..at], stub, .. present[at..]];
    }
}
