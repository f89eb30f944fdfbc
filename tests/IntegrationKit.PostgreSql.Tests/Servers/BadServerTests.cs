using IntegrationKit.PostgreSql.Tests.Support;
using Npgsql;

namespace IntegrationKit.PostgreSql.Tests.Servers;

/// <summary>What can be wrong with a server that is named, or go wrong on it.</summary>
public sealed class BadServerTests
{
    [Fact]
    public async Task A_wrong_password_is_named_and_not_shown()
    {
        await using var host = await TestDatabase.ReadyAsync("CREATE TABLE only_here (id int)");
        var wrong = new NpgsqlConnectionStringBuilder(host.Resource.Source.Server!.ConnectionString) { Password = "hunter22" }.ConnectionString;

        var start = async () => await TestDatabase.StartAsync(o => o.UseServer(wrong));

        (await start.Should().ThrowAsync<DatabaseSetupException>()).Which.Message
            .Should().Contain("password authentication failed").And.Contain("nothing else is tried").And.NotContain("hunter22");
    }

    [Fact]
    public async Task A_migration_that_fails_half_way_leaves_nothing_and_works_when_repaired()
    {
        await using var host = await TestDatabase.ReadyAsync("CREATE TABLE only_here (id int)");
        var server = host.Resource.Source.Server!.ConnectionString;
        var broken = true;

        var start = () => TestDatabase.ReadyAsync("CREATE TABLE first (id int)", o => o.UseServer(server).MigrateWith(async (source, token) =>
        {
            await using var command = source.CreateCommand(broken ? "CREATE TABLE second (id int); SELECT 1 / 0" : "CREATE TABLE second (id int)");
            await command.ExecuteNonQueryAsync(token);
        }));

        (await start.Should().ThrowAsync<DatabaseSetupException>()).WithMessage("*failed in delegate*division by zero*");
        broken = false;
        await using var database = await start();
        (await database.Resource.CountAsync("second")).Should().Be(0);
    }

    [Fact]
    public async Task A_template_that_somebody_drops_is_built_again()
    {
        await using var host = await TestDatabase.ReadyAsync("CREATE TABLE only_here (id int)");
        await using var database = await TestDatabase.ReadyAsync("CREATE TABLE dropped_template (id int)", o => o.UseServer(host.Resource.Source.Server!.ConnectionString));
        var template = database.Resource.Source.Template;
        await host.Resource.ExecuteAsync($"ALTER DATABASE {template:name} IS_TEMPLATE false");
        await host.Resource.ExecuteAsync($"DROP DATABASE {template:name}");

        await database.BeginAsync(newLane: true);

        (await database.Resource.CountAsync("dropped_template")).Should().Be(0);
    }

    [Fact]
    public async Task More_lanes_than_connections_end_in_a_sentence_that_helps()
    {
        await using var host = await TestDatabase.ReadyAsync("CREATE TABLE only_here (id int)");
        var server = await PlainRole.ConnectionStringAsync(host, $"few{Guid.NewGuid():N}", limit: 8);
        await using var database = await TestDatabase.ReadyAsync("CREATE TABLE t (id int)", o => o.UseServer(server));

        var lanes = async () =>
        {
            for (var lane = 0; lane < 20; lane++)
            {
                await database.BeginAsync(newLane: true);
            }
        };

        (await lanes.Should().ThrowAsync<DatabaseSetupException>()).WithMessage("*has no connection left*Run fewer tests at once*");
    }

    [Fact]
    public async Task A_maintenance_database_with_quotes_in_its_name_will_do()
    {
        await using var host = await TestDatabase.ReadyAsync("CREATE TABLE only_here (id int)");
        var server = await WithOtherDatabaseAsync(host);

        await using var database = await TestDatabase.ReadyAsync("CREATE TABLE t (id int)", o => o.UseServer(server));

        (await database.Resource.CountAsync("t")).Should().Be(0);
    }

    [Fact]
    public async Task A_run_that_names_another_database_of_the_server_drops_what_dead_runs_left_and_nothing_of_a_living_one()
    {
        await using var host = await TestDatabase.ReadyAsync("CREATE TABLE only_here (id int)");
        await using var living = await TestDatabase.ReadyAsync("CREATE TABLE t (id int)", o => o.UseServer(host.Resource.Source.Server!.ConnectionString));
        await host.Resource.ExecuteAsync("CREATE DATABASE ik_run_0badcafe_gone_1");
        var server = await WithOtherDatabaseAsync(host);

        await using var other = await TestDatabase.ReadyAsync("CREATE TABLE t (id int)", o => o.UseServer(server));

        (await host.Resource.ScalarAsync<long>("SELECT count(*) FROM pg_database WHERE datname = $1", living.Resource.Current.Name)).Should().Be(1);
        (await host.Resource.ScalarAsync<long>("SELECT count(*) FROM pg_database WHERE datname = 'ik_run_0badcafe_gone_1'")).Should().Be(0);
    }

    [Fact]
    public async Task Runs_that_name_different_databases_of_a_server_build_a_template_once()
    {
        await using var host = await TestDatabase.ReadyAsync("CREATE TABLE only_here (id int)");
        string[] servers = [host.Resource.Source.Server!.ConnectionString, await WithOtherDatabaseAsync(host)];
        var schema = $"CREATE TABLE t{Guid.NewGuid():N} (id int); SELECT pg_sleep(0.5)";

        var both = await Task.WhenAll(servers.Select(server => TestDatabase.ReadyAsync(schema, o => o.UseServer(server))));

        both.SelectMany(database => database.Events<Journal.DatabaseReported>()).Count(reported => !reported.TemplateReused).Should().Be(1);
        foreach (var database in both)
        {
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Two_checkouts_at_once_share_a_server_and_build_one_template()
    {
        await using var host = await TestDatabase.ReadyAsync("CREATE TABLE only_here (id int)");
        var server = host.Resource.Source.Server!.ConnectionString;
        var name = $"t{Guid.NewGuid():N}";

        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestDatabase.ReadyAsync($"CREATE TABLE {name} (id int)", o => o.UseServer(server))));

        var templates = await host.Resource.QueryAsync($"SELECT datname FROM pg_database WHERE datname = {both[0].Resource.Source.Template}", row => row.GetString(0));
        templates.Should().ContainSingle();
        both.Select(database => database.Resource.Current.Name).Should().OnlyHaveUniqueItems();
        foreach (var database in both)
        {
            await database.DisposeAsync();
        }
    }

    private static async Task<string> WithOtherDatabaseAsync(TestDatabase host)
    {
        var odd = $"it's \"{Guid.NewGuid():N}\"";
        await host.Resource.ExecuteAsync($"CREATE DATABASE {odd:name}");
        return new NpgsqlConnectionStringBuilder(host.Resource.Source.Server!.ConnectionString) { Database = odd }.ConnectionString;
    }
}
