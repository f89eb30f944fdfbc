using IntegrationKit.Journal;
using IntegrationKit.PostgreSql.Tests.Support;
using Npgsql;

namespace IntegrationKit.Testcontainers.Tests.Support;

/// <summary>What the journal says of a database's own server: other tests have theirs in the same journal.</summary>
internal static class ContainerServer
{
    public static ResourceReported Of(TestDatabase database)
    {
        var port = new NpgsqlConnectionStringBuilder(database.Resource.ConnectionString).Port;
        return database.Events<ResourceReported>().Last(e => e.Resource == "postgres:container" && e.Endpoint?.Contains($":{port}/", StringComparison.Ordinal) == true);
    }
}
