using IntegrationKit.PostgreSql.Tests.Support;

namespace IntegrationKit.PostgreSql.Tests;

public sealed class IsolationTests
{
    private const string Schema = "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, note text)";

    [Fact]
    public async Task Rollback_undoes_what_ran_on_the_shared_connection_and_a_commit_elsewhere_too()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema, o => o.Isolate(Isolation.Rollback));
        await database.Resource.ExecuteAsync("INSERT INTO t (note) VALUES ('shared')");
        (await database.Resource.CountAsync("t")).Should().Be(1);
        await using (var own = await database.Resource.OpenAsync(TestContext.Current.CancellationToken))
        {
            await using var command = new Npgsql.NpgsqlCommand("INSERT INTO t (note) VALUES ('own') RETURNING (SELECT count(*) FROM t)", own);
            (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).Should().Be(0L, "it does not see the transaction");
        }

        await database.BeginAsync();

        (await database.Resource.CountAsync("t")).Should().Be(0);
        database.Events<Observations.IssueObserved>().Should().BeEmpty();
    }

    [Fact]
    public async Task ClonePerTest_replaces_the_database_each_time()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema, o => o.Isolate(Isolation.ClonePerTest));
        await database.Resource.ExecuteAsync("CREATE TABLE more (id int)");

        await database.BeginAsync();

        database.LastReset.Strategy.Should().Be("clone");
        (await database.Resource.ScalarAsync<bool>("SELECT to_regclass('more') IS NULL")).Should().BeTrue();
    }

    [Fact]
    public async Task ClonePerTest_takes_a_clone_that_was_made_ahead()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema, o => o.Isolate(Isolation.ClonePerTest));
        var address = database.Resource.ConnectionString;
        for (var test = 0; test < 5; test++)
        {
            await database.Resource.ExecuteAsync("INSERT INTO t (note) VALUES ('mine'); CREATE TABLE more (id int)");

            await database.BeginAsync();

            (await database.Resource.CountAsync("t")).Should().Be(0);
        }

        database.Resource.ConnectionString.Should().Be(address);
        var names = await database.Resource.QueryAsync("SELECT datname FROM pg_database WHERE datname LIKE '%\\_ready\\_%'", row => row.GetString(0));
        names.Count.Should().BeInRange(0, 2, "clones made ahead are used, not piled up");
    }

    [Fact]
    public async Task PerFixture_keeps_rows()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema, o => o.Isolate(Isolation.PerFixture));
        await database.Resource.ExecuteAsync("INSERT INTO t (note) VALUES ('stays')");

        await database.BeginAsync();

        (await database.Resource.CountAsync("t")).Should().Be(1);
    }

    [Fact]
    public async Task After_the_death_of_the_server_the_next_test_gets_a_new_one_at_the_same_address()
    {
        var programs = (await global::IntegrationKit.Local.BinariesSearch.RunAsync(null, TestContext.Current.CancellationToken)).Found!.Folder;
        await using var database = await TestDatabase.ReadyAsync(Schema, o => o.LocalBinaries(programs));
        var server = database.Resource.Source.Server!;
        var address = database.Resource.ConnectionString;
        var pid = (await File.ReadAllLinesAsync(Path.Combine(server.Details["data"], "data", "postmaster.pid"), TestContext.Current.CancellationToken))[0];
        System.Diagnostics.Process.Start("kill", $"-KILL {pid}").WaitForExit();
        await server.Ended.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        await database.BeginAsync();

        database.Resource.ConnectionString.Should().Be(address);
        (await database.Resource.ScalarAsync<int>("INSERT INTO t (note) VALUES ('new server') RETURNING id")).Should().Be(1);
        database.Events<Observations.IssueObserved>().Should().ContainSingle().Which.Rule.Should().Be("IK2003");
    }
}
