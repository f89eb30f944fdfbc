using Npgsql;

namespace IntegrationKit.PostgreSql.Tests.Support;

/// <summary>A role without superuser rights on the server of another test database.</summary>
internal static class PlainRole
{
    // limit: How many connections the role may have; -1 for any number.
    public static async Task<string> ConnectionStringAsync(TestDatabase host, string name, int limit = -1)
    {
        // Passwords are masked in the journal, so it must be no word.
        var password = Guid.NewGuid().ToString("N");
        await host.Resource.ExecuteAsync($"CREATE ROLE {name:name} LOGIN CREATEDB PASSWORD '{password:raw}' CONNECTION LIMIT {limit.ToString(System.Globalization.CultureInfo.InvariantCulture):raw}");
        return new NpgsqlConnectionStringBuilder(host.Resource.Source.Server!.ConnectionString) { Username = name, Password = password }.ConnectionString;
    }
}
