using System.Diagnostics;
using IntegrationKit.Containers;
using IntegrationKit.PostgreSql.Tests.Support;
using IntegrationKit.Servers;
using IntegrationKit.Testcontainers.Tests.Support;
using Npgsql;

namespace IntegrationKit.Testcontainers.Tests.Postgres;

public sealed class ProviderChoiceTests
{
    [Fact]
    public void A_container_comes_before_local_programs() =>
        ServerChoice.Automatic().Select(provider => provider.Name).Should().Equal("container", "local_process");

    [Fact]
    public async Task An_image_nobody_named_is_taken_only_when_it_is_there()
    {
        var engine = await LocalDocker.RequireAsync();
        Assert.SkipWhen(await engine.HasImageAsync("postgres:17", TestContext.Current.CancellationToken), "postgres:17 is here");
        Assert.SkipWhen(Environment.GetEnvironmentVariable(PostgresContainerProvider.ImageVariable) is not null, "an image is named");

        var probe = await new PostgresContainerProvider().ProbeAsync(TestContext.Current.CancellationToken);

        probe.Usable.Should().BeFalse();
        probe.Reason.Should().Contain("answers at").And.Contain("the image postgres:17 is not there").And.Contain("docker pull postgres:17");
    }

    [Fact]
    public async Task The_version_that_tests_need_chooses_the_image()
    {
        var engine = await LocalDocker.RequireAsync();
        Assert.SkipWhen(await engine.HasImageAsync("postgres:16", TestContext.Current.CancellationToken), "postgres:16 is here");
        Assert.SkipWhen(Environment.GetEnvironmentVariable(PostgresContainerProvider.ImageVariable) is not null, "an image is named");

        var probe = await ((IServerProvider)new PostgresContainerProvider()).WithVersion(16).ProbeAsync(TestContext.Current.CancellationToken);

        probe.Reason.Should().Contain("docker pull postgres:16");
    }

    [Fact]
    public async Task An_image_of_another_version_than_the_tests_need_is_told_and_removed()
    {
        await LocalDocker.RequireAsync();

        var start = () => TestDatabase.StartAsync(options => options.Container(LocalDocker.Postgres, static builder => builder).RequireVersion(16));

        (await start.Should().ThrowAsync<DatabaseSetupException>()).WithMessage("*is version 15.*, and version 16 was asked for*");
    }

    [Fact]
    public async Task An_engine_that_was_named_and_is_dead_is_told_within_two_seconds_and_no_other_is_tried()
    {
        var begun = Stopwatch.GetTimestamp();

        var search = await DockerSearch.RunAsync(name => name == "DOCKER_HOST" ? "unix:///nowhere/docker.sock" : null, TestContext.Current.CancellationToken);

        search.Engine.Should().BeNull();
        search.Reason.Should().Be("no container engine answers (unix:///nowhere/docker.sock (set in DOCKER_HOST): there is no such socket)");
        Stopwatch.GetElapsedTime(begun).Should().BeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task An_address_that_does_not_answer_is_given_up_within_two_seconds()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var begun = Stopwatch.GetTimestamp();

        var search = await DockerSearch.RunAsync(name => name == "DOCKER_HOST" ? $"tcp://{silent.LocalEndpoint}" : null, TestContext.Current.CancellationToken);

        search.Reason.Should().Contain("no answer within 1.5 s");
        Stopwatch.GetElapsedTime(begun).Should().BeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task The_version_spoken_is_the_engines_where_that_is_older()
    {
        var engine = await LocalDocker.RequireAsync();
        using var docker = Process.Start(new ProcessStartInfo("docker", ["version", "--format", "{{.Server.APIVersion}}"]) { RedirectStandardOutput = true })!;
        var offered = Version.Parse(await docker.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));

        engine.ApiVersion.Should().Be(offered < new Version(1, 44) ? offered : new Version(1, 44));
    }

    [Fact]
    public async Task A_container_that_dies_during_the_run_is_replaced_once_at_the_same_address()
    {
        await LocalDocker.RequireAsync();
        // A delegate of its own, so that no other test shares the server that dies here.
        await using var database = await TestDatabase.ReadyAsync("CREATE TABLE survivor (id int)", options => options.Container(LocalDocker.Postgres, static builder => builder));
        var before = new NpgsqlConnectionStringBuilder(database.Resource.ConnectionString);
        var id = ContainerServer.Of(database).Details!["container"];
        using var kill = Process.Start(new ProcessStartInfo("docker", ["kill", id]) { RedirectStandardOutput = true })!;
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);

        await database.BeginAsync();

        var after = new NpgsqlConnectionStringBuilder(database.Resource.ConnectionString);
        (after.Host, after.Port, after.Password).Should().Be((before.Host, before.Port, before.Password));
        (await database.Resource.CountAsync("survivor")).Should().Be(0);
    }
}
