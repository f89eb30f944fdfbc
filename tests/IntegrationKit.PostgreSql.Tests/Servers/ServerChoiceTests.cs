using System.Diagnostics;
using IntegrationKit.Journal;
using IntegrationKit.PostgreSql.Tests.Support;

namespace IntegrationKit.PostgreSql.Tests.Servers;

public sealed class ServerChoiceTests
{
    [Fact]
    public async Task A_dead_server_fails_in_under_two_seconds_and_is_named_without_its_password()
    {
        var started = Stopwatch.GetTimestamp();

        var start = async () => await TestDatabase.StartAsync(o => o.UseServer("Host=127.0.0.1;Port=1;Username=me;Password=hunter22;Database=shop"));

        var thrown = (await start.Should().ThrowAsync<DatabaseSetupException>()).Which;
        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(2));
        thrown.Message.Should().Contain("me@127.0.0.1:1/shop").And.Contain("refused").And.NotContain("hunter22");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_fails_in_under_two_seconds()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var started = Stopwatch.GetTimestamp();

        var start = async () => await TestDatabase.StartAsync(o => o.UseServer($"Host=127.0.0.1;Port={((System.Net.IPEndPoint)silent.LocalEndpoint).Port};Username=me;Password=x"));

        (await start.Should().ThrowAsync<DatabaseSetupException>()).WithMessage("*no answer within*");
        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_folder_without_programs_is_listed_as_a_probe_with_the_ways_out()
    {
        var start = async () => await TestDatabase.StartAsync(o => o.LocalBinaries("/nowhere/bin"));

        (await start.Should().ThrowAsync<DatabaseSetupException>())
            .WithMessage("*local_process: no PostgreSQL programs found; looked at /nowhere/bin*INTEGRATIONKIT_POSTGRES*apt-get install postgresql*");
    }

    [Fact]
    public async Task With_skip_the_tests_are_skipped_with_the_same_text()
    {
        await using var database = await TestDatabase.StartAsync(o => o.LocalBinaries("/nowhere/bin").Otherwise(WhenUnavailable.Skip));

        var begin = async () => await database.BeginAsync();

        (await begin.Should().ThrowAsync<Exception>()).WithMessage("$XunitDynamicSkip$No PostgreSQL server can be had*");
    }

    [Fact]
    public async Task A_named_server_serves_clones_and_is_left_clean()
    {
        await using var host = await TestDatabase.ReadyAsync("CREATE TABLE only_here (id int)");
        var server = host.Resource.Source.Server!.ConnectionString;
        string name;
        await using (var database = await TestDatabase.ReadyAsync("CREATE TABLE t (id int)", o => o.UseServer(server)))
        {
            await database.Resource.ExecuteAsync("INSERT INTO t VALUES (1)");
            await database.BeginAsync();
            (await database.Resource.CountAsync("t")).Should().Be(0);
            database.Events<ResourceReported>().Should().Contain(resource => resource.Provider == "external");
            name = database.Resource.Current.Name;
            (await host.Resource.ScalarAsync<long>("SELECT count(*) FROM pg_database WHERE datname = $1", name)).Should().Be(1);
        }

        (await host.Resource.ScalarAsync<long>("SELECT count(*) FROM pg_database WHERE datname = $1", name)).Should().Be(0);
    }

    [Fact]
    public async Task A_delegate_starts_the_server_and_its_handle_is_kept()
    {
        await using var host = await TestDatabase.ReadyAsync("CREATE TABLE only_here (id int)");
        var server = host.Resource.Source.Server!.ConnectionString;

        await using var database = await TestDatabase.ReadyAsync("CREATE TABLE t (id int)", o => o.Start(_ => Task.FromResult(server)));

        (await database.Resource.CountAsync("t")).Should().Be(0);
        database.Resource.Source.Server!.Provider.Should().Be("delegate");
    }

    [Fact]
    public async Task A_wrong_version_is_named()
    {
        var start = async () => await TestDatabase.StartAsync(o => o.LocalBinaries().RequireVersion(99));

        (await start.Should().ThrowAsync<DatabaseSetupException>()).WithMessage("*is version * and version 99 was asked for*");
    }

    [Fact]
    public async Task A_failing_migration_names_the_file_and_the_error_and_the_report_says_failed()
    {
        var start = async () => await TestDatabase.StartAsync(o => o.MigrateFromFiles(TestDatabase.SqlText("CREATE TABLE a (id int);\nCREATE TABEL b (id int);")));

        (await start.Should().ThrowAsync<DatabaseSetupException>()).WithMessage("*schema.sql failed: 42601: syntax error at or near \"TABEL\"*");
        JournalReader.Read(Recording.Recorder.Current!.JournalPath!).Events.OfType<ResourceReported>()
            .Should().Contain(resource => resource.State == "failed" && resource.Error!.Contains("42601"));
    }

    [Fact]
    public async Task A_failing_migration_of_the_first_database_leaves_the_server_to_the_others()
    {
        await using var host = await TestDatabase.ReadyAsync("CREATE TABLE only_here (id int)");
        Assert.SkipWhen(host.Resource.Source.Server!.Provider != "local_process", "needs PostgreSQL programs of this machine");
        var programs = host.Resource.Source.Server.Details["binaries"] + "/.";
        var attempts = 0;
        Func<string, CancellationToken, Task> missingSeed = (_, _) =>
        {
            attempts++;
            throw new InvalidOperationException("the seed is not there");
        };
        var broken = () => TestDatabase.StartAsync(o => o.LocalBinaries(programs).MigrateWith(missingSeed));

        (await broken.Should().ThrowAsync<DatabaseSetupException>()).WithMessage("*the seed is not there*");
        await using var other = await TestDatabase.ReadyAsync("CREATE TABLE t (id int)", o => o.LocalBinaries(programs));
        await broken.Should().ThrowAsync<DatabaseSetupException>();

        (await other.Resource.CountAsync("t")).Should().Be(0);
        attempts.Should().Be(1, "the server that failed to build it has said so");
    }
}
