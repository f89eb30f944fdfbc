using System.Collections.Concurrent;
using IntegrationKit.Databases;
using IntegrationKit.Observations;

namespace IntegrationKit.Sql;

/// <summary>
/// Turns names in statements into the catalogue's names. A name the catalogue does not know (a temporary table, a misread
/// alias) is left out: coverage must not claim what it cannot prove. Thread-safe.
/// </summary>
internal sealed class TableResolver(Catalogue catalogue)
{
    private const int CacheLimit = 4000;

    private readonly ILookup<string, Relation> byName =
        catalogue.Relations.Where(relation => relation.Kind != "S").ToLookup(relation => relation.Name, StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, IReadOnlyList<TableAccess>> cache = new(StringComparer.Ordinal);

    public IReadOnlyList<TableAccess> Resolve(string statement)
    {
        if (cache.TryGetValue(statement, out var known))
        {
            return known;
        }

        var tables = TableUsage.Of(statement)
            .Select(table => (Relation: Find(table), table.Write))
            .Where(pair => pair.Relation is not null)
            .Select(pair => new TableAccess(pair.Relation!.Plain, pair.Write ? "write" : "read"))
            .Distinct()
            .ToArray();
        if (cache.Count < CacheLimit)
        {
            cache[statement] = tables;
        }

        return tables;
    }

    private Relation? Find(NamedTable table)
    {
        var candidates = byName[table.Name];
        return table.Schema is { } schema
            ? candidates.FirstOrDefault(relation => relation.Schema == schema)
            : candidates.FirstOrDefault(relation => relation.Schema == "public") ?? (candidates.Count() == 1 ? candidates.First() : null);
    }
}
