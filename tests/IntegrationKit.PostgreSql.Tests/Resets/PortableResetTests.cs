using IntegrationKit.PostgreSql.Tests.Support;
using Npgsql;

namespace IntegrationKit.PostgreSql.Tests.Resets;

/// <summary>The reset of a role that may create databases and nothing else: as exact, by other means.</summary>
public sealed class PortableResetTests
{
    [Fact]
    public async Task Every_edge_case_is_undone_exactly_without_superuser_rights()
    {
        await using var host = await TestDatabase.ReadyAsync("CREATE TABLE only_here (id int)");
        var role = $"plain{Guid.NewGuid():N}";
        var server = await PlainRole.ConnectionStringAsync(host, role);
        await using var database = await TestDatabase.ReadyAsync(EdgeSchema.Sql, o => o.UseServer(server));
        database.Resource.Source.Server!.Facts.ExactReset.Should().BeFalse();
        // Contents of large objects are only for a superuser to read.
        var observer = new NpgsqlConnectionStringBuilder(host.Resource.Source.Server!.ConnectionString) { Database = database.Resource.Current.Name }.ConnectionString;
        var before = await Fingerprint.OfAsync(observer);
        Dictionary<string, int> strategies = [];
        foreach (var (name, _, sql) in EdgeCaseTests.Cases.Select(row => row.Data))
        {
            try
            {
                await EdgeCaseTests.RunAsync(database.Resource.ConnectionString, sql);
            }
            catch (PostgresException refused) when (refused.SqlState is "42501")
            {
                continue; // Forced row security: this role cannot write that row in the first place.
            }

            await database.BeginAsync();

            Fingerprint.Difference(before, await Fingerprint.OfAsync(observer)).Should().BeEmpty(name);
            strategies[database.LastReset.Strategy] = strategies.GetValueOrDefault(database.LastReset.Strategy) + 1;
        }

        strategies["truncate"].Should().BeGreaterThan(8);
        strategies["clone"].Should().BeGreaterThan(8, "what TRUNCATE cannot undo leads to a new clone");
        database.Events<Journal.ResourceReported>().Should().Contain(resource => resource.Details != null && resource.Details["reset"].StartsWith("portable"));
    }

    [Fact]
    public async Task A_transaction_left_open_does_not_outlive_the_test()
    {
        await using var host = await TestDatabase.ReadyAsync("CREATE TABLE only_here (id int)");
        var server = await PlainRole.ConnectionStringAsync(host, $"plain{Guid.NewGuid():N}");
        await using var database = await TestDatabase.ReadyAsync("CREATE TABLE t (id int)", o => o.UseServer(server));
        await using var leaked = new NpgsqlConnection(database.Resource.ConnectionString);
        await leaked.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await leaked.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await new NpgsqlCommand("INSERT INTO t VALUES (1)", leaked).ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await database.BeginAsync();

        (await database.Resource.CountAsync("t")).Should().Be(0);
        var commit = async () => await transaction.CommitAsync();
        await commit.Should().ThrowAsync<NpgsqlException>("its session was ended");
    }
}
