using IntegrationKit.PostgreSql.Tests.Support;
using Npgsql;

namespace IntegrationKit.PostgreSql.Tests;

public sealed class KeepFailedTests
{
    private const string Schema = "CREATE TABLE keep_me (id int GENERATED ALWAYS AS IDENTITY, note text)";

    [Fact]
    public async Task The_database_of_a_failed_test_is_kept_as_it_was_and_the_next_test_starts_clean()
    {
        await using var host = await TestDatabase.ReadyAsync(Schema);
        var server = host.Resource.Source.Server!.ConnectionString;
        string name;
        await using (var database = await TestDatabase.ReadyAsync(Schema, o => o.UseServer(server).KeepFailed()))
        {
            await database.Resource.ExecuteAsync("INSERT INTO keep_me (note) VALUES ('evidence')");
            await EndAsync(database, failed: true);

            await database.BeginAsync();

            (await database.Resource.CountAsync("keep_me")).Should().Be(0);
            var issue = database.Events<Observations.IssueObserved>().Should().ContainSingle(issue => issue.Rule == "IK2007").Which;
            issue.Evidence![1].Should().StartWith("connect: psql -h ").And.NotContain(new NpgsqlConnectionStringBuilder(server).Password!);
            name = issue.Evidence[0]["database: ".Length..];
            await EndAsync(database, failed: false);
        }

        await using var kept = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false }.ConnectionString);
        await kept.OpenAsync(TestContext.Current.CancellationToken);
        (await new NpgsqlCommand("SELECT note FROM keep_me", kept).ExecuteScalarAsync(TestContext.Current.CancellationToken)).Should().Be("evidence");
    }

    [Fact]
    public async Task Without_the_wish_nothing_is_kept()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema, o => o.KeepFailed(false));
        await EndAsync(database, failed: true);

        await database.BeginAsync();

        database.Events<Observations.IssueObserved>().Should().BeEmpty();
    }

    [Fact]
    public async Task A_kept_database_is_dropped_by_a_run_on_the_same_server_a_day_later()
    {
        await using var host = await TestDatabase.ReadyAsync(Schema);
        await host.Resource.ExecuteAsync("CREATE DATABASE ik_kept_20200101000000_aaaaaa");
        await host.Resource.ExecuteAsync("CREATE DATABASE ik_kept_29990101000000_bbbbbb");
        await host.Resource.ExecuteAsync("CREATE DATABASE ik_tpl_old");
        await host.Resource.ExecuteAsync("COMMENT ON DATABASE ik_tpl_old IS 'IntegrationKit template, last used 2020-01-01'");

        await using var database = await TestDatabase.ReadyAsync(Schema, o => o.UseServer(host.Resource.Source.Server!.ConnectionString));

        (await host.Resource.QueryAsync("SELECT datname FROM pg_database WHERE datname ~ '^ik_kept_(2020|2999)|^ik_tpl_old'", row => row.GetString(0)))
            .Should().Equal("ik_kept_29990101000000_bbbbbb");
        await host.Resource.ExecuteAsync("DROP DATABASE ik_kept_29990101000000_bbbbbb");
    }

    private static async Task EndAsync(TestDatabase database, bool failed)
    {
        database.Test.HasFailed = failed;
        await database.Resource.ReleaseAsync(database.Lane, database.Test);
    }
}
