using System.Collections;
using System.Reflection;
using Npgsql;

namespace IntegrationKit.Databases;

/// <summary>
/// The connection pools that the application under test holds on a database. When a database is replaced under an
/// application, its idle connections are dead, and Npgsql would notice only at the next command; so its pools are cleared.
/// Npgsql keeps a list of all data sources for its metrics; that list is private, hence reflection. If it moves, nothing
/// breaks but this comfort, and a test says so.
/// </summary>
internal static class ClientPools
{
    private static readonly FieldInfo? List = typeof(NpgsqlDataSource).Assembly.GetType("Npgsql.MetricsReporter")
        ?.GetField("Reporters", BindingFlags.NonPublic | BindingFlags.Static);

    private static readonly FieldInfo? Source = typeof(NpgsqlDataSource).Assembly.GetType("Npgsql.MetricsReporter")
        ?.GetField("_dataSource", BindingFlags.NonPublic | BindingFlags.Instance);

    /// <summary>Closes idle connections to the database now, and busy ones when they are given back.</summary>
    public static void Clear(string database)
    {
        foreach (var source in On(database))
        {
            source.Clear();
        }
    }

    public static IReadOnlyList<NpgsqlDataSource> On(string database) =>
        [.. All().Where(source => new NpgsqlConnectionStringBuilder(source.ConnectionString).Database == database)];

    private static List<NpgsqlDataSource> All()
    {
        if (List?.GetValue(null) is not IEnumerable reporters || Source is null)
        {
            return [];
        }

        lock (reporters)
        {
            return [.. reporters.Cast<object>().Select(reporter => Source.GetValue(reporter)).OfType<NpgsqlDataSource>()];
        }
    }
}
