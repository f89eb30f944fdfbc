using System.Collections.Concurrent;

namespace IntegrationKit.Databases;

/// <summary>The databases of all lanes of this process, by name. Thread-safe.</summary>
internal static class LaneDatabases
{
    private static readonly ConcurrentDictionary<string, LaneDatabase> ByName = new(StringComparer.Ordinal);

    public static LaneDatabase? Find(string database) => ByName.GetValueOrDefault(database);

    public static void Add(LaneDatabase lane) => ByName[lane.Name] = lane;

    public static void Remove(LaneDatabase lane) => ByName.TryRemove(new KeyValuePair<string, LaneDatabase>(lane.Name, lane));
}
