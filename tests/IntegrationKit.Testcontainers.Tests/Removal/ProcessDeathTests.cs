using System.Diagnostics;
using System.Globalization;
using IntegrationKit.Testcontainers.Tests.Support;

namespace IntegrationKit.Testcontainers.Tests.Removal;

/// <summary>INTEGRATIONKIT_TEST_KILLS is how often each way of dying is tried.</summary>
public sealed class ProcessDeathTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("INTEGRATIONKIT_TEST_KILLS") ?? "2", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_container_and_its_volumes_are_gone_within_two_seconds_of_a_kill(bool group)
    {
        await LocalDocker.RequireAsync();
        var volumes = await VolumesAsync();
        List<TimeSpan> times = [];
        for (var kill = 0; kill < Kills; kill++)
        {
            using var victim = await (await Victim.StartAsync()).ReadyAsync();
            (await LocalDocker.OwnedByAsync(victim.Owner)).Should().ContainSingle();

            victim.Kill(group);

            times.Add(await victim.GoneAfterAsync(Patience));
        }

        output.WriteLine($"{times.Count} kills, gone after (ms): {string.Join(' ', times.Order().Select(time => (int)time.TotalMilliseconds))}");
        times.Should().OnlyContain(time => time < Promise);
        (await VolumesAsync()).Should().BeEquivalentTo(volumes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kill_at_any_moment_of_the_start_leaves_no_container_either(bool group)
    {
        await LocalDocker.RequireAsync();
        var random = new Random(7);
        List<TimeSpan> times = [];
        List<string> owners = [];
        for (var kill = 0; kill < Kills; kill++)
        {
            using var victim = await Victim.StartAsync();
            await Task.Delay(random.Next(2500), TestContext.Current.CancellationToken);

            victim.Kill(group);

            owners.Add(victim.Owner);
            times.Add(await victim.GoneAfterAsync(Patience));
        }

        output.WriteLine($"{times.Count} kills, gone after (ms): {string.Join(' ', times.Order().Select(time => (int)time.TotalMilliseconds))}");
        times.Should().OnlyContain(time => time < Promise);
        // A request may have been on its way when its process died.
        (await Task.WhenAll(owners.Select(LocalDocker.OwnedByAsync))).Should().OnlyContain(containers => containers.Count == 0);
    }

    [Fact]
    public async Task A_process_that_ends_normally_leaves_nothing()
    {
        await LocalDocker.RequireAsync();
        using var victim = await (await Victim.StartAsync()).ReadyAsync();

        await victim.EndAsync();

        (await victim.GoneAfterAsync(Promise)).Should().BeLessThan(TimeSpan.FromSeconds(1));
    }

    private static Task<IReadOnlyList<string>> VolumesAsync() => LinesAsync("volume", "ls", "--quiet");

    private static async Task<IReadOnlyList<string>> LinesAsync(params string[] arguments)
    {
        using var docker = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true })!;
        return (await docker.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
