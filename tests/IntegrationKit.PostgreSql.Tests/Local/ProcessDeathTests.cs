using System.Diagnostics;
using System.Globalization;

namespace IntegrationKit.PostgreSql.Tests.Local;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ProcessDeathTests : IDisposable
{
    private readonly string root = Directory.CreateDirectory($"/dev/shm/ikv-{Guid.NewGuid():N}"[..20]).FullName;

    private string Runtime => Path.Combine(root, "r");

    [Theory]
    [InlineData("KILL", false)]
    [InlineData("KILL", true)]
    [InlineData("TERM", false)]
    [InlineData("INT", false)]
    public async Task Server_and_folder_are_gone_within_a_second_of_the_death_of_the_process(string signal, bool group)
    {
        Assert.SkipWhen(signal == "INT" && IgnoresInterrupts(), "A shell's background job ignores SIGINT, and so do its children.");
        using var victim = await Victim.Start(root).ReadyAsync();
        Victim.ProcessesOf(Runtime).Should().NotBeEmpty();

        victim.Signal(signal, group);

        // The second counts from the death; a process asked to end takes its time first.
        (await Victim.HoldsAsync(() => victim.HasExited, TimeSpan.FromSeconds(10))).Should().BeTrue("the signal ends the process");
        (await Victim.HoldsAsync(() => Victim.ProcessesOf(Runtime).Count == 0, TimeSpan.FromSeconds(1))).Should().BeTrue("no process may stay");
        (await Victim.HoldsAsync(() => Directory.GetDirectories(Runtime).Length == 0, TimeSpan.FromSeconds(1))).Should().BeTrue("no folder may stay");
    }

    /// <summary>From before the first file to after the last test; INTEGRATIONKIT_TEST_KILLS says how often, each way.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_left_by_a_kill_at_any_moment(bool group)
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("INTEGRATIONKIT_TEST_KILLS") ?? "3", CultureInfo.InvariantCulture);
        var decoy = Directory.CreateDirectory(Path.Combine(Runtime, "somebodys-folder")).FullName;
        var random = new Random(group ? 1 : 2);
        for (var kill = 0; kill < kills; kill++)
        {
            using var victim = Victim.Start(root);
            await Task.Delay(random.Next(0, 3000), TestContext.Current.CancellationToken);

            victim.Signal("KILL", group);

            (await Victim.HoldsAsync(() => Victim.ProcessesOf(Runtime).Count == 0 && Directory.GetDirectories(Runtime).Length == 1, TimeSpan.FromSeconds(1)))
                .Should().BeTrue($"kill {kill} must leave nothing, but: {string.Join(", ", Victim.ProcessesOf(Runtime).Select(Victim.CommandLine))} {string.Join(", ", Directory.GetDirectories(Runtime))}");
        }

        Directory.Exists(decoy).Should().BeTrue();
    }

    [Fact]
    public async Task A_process_that_ends_normally_leaves_nothing()
    {
        using var victim = await Victim.Start(root).ReadyAsync();

        await victim.EndAsync();

        Victim.ProcessesOf(Runtime).Should().BeEmpty();
        Directory.GetFileSystemEntries(Runtime).Should().BeEmpty();
    }

    [Fact]
    public async Task What_a_killed_watchdog_leaves_is_swept_by_the_next_start_and_nothing_else()
    {
        using var first = await Victim.Start(root).ReadyAsync();
        var folder = Directory.GetDirectories(Runtime).Single();
        var decoy = Directory.CreateDirectory(Path.Combine(Runtime, "somebodys-folder")).FullName;
        foreach (var child in Victim.ProcessesOf("integrationkit-watchdog").Where(pid => File.ReadAllText($"/proc/{pid}/cmdline").Contains(folder, StringComparison.Ordinal)))
        {
            Process.Start("kill", ["-KILL", child.ToString(CultureInfo.InvariantCulture)])!.WaitForExit();
        }

        first.Signal("KILL");
        Victim.ProcessesOf(folder).Should().NotBeEmpty("without its watchdog the server goes on");

        using var second = await Victim.Start(root).ReadyAsync();

        (await Victim.HoldsAsync(() => Victim.ProcessesOf(folder).Count == 0, TimeSpan.FromSeconds(2))).Should().BeTrue();
        Directory.Exists(folder).Should().BeFalse();
        Directory.Exists(decoy).Should().BeTrue();
        Directory.Delete(decoy);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Processes_that_start_at_once_build_one_template(int count)
    {
        var victims = Enumerable.Range(0, count).Select(_ => Victim.Start(root)).ToArray();
        foreach (var victim in victims)
        {
            await victim.ReadyAsync();
        }

        (await File.ReadAllLinesAsync(Path.Combine(root, "builds"), TestContext.Current.CancellationToken)).Should().ContainSingle();
        foreach (var victim in victims)
        {
            await victim.EndAsync();
            victim.Dispose();
        }
    }

    [Fact]
    public async Task Data_is_private_and_nobody_listens_on_the_network()
    {
        using var victim = await Victim.Start(root).ReadyAsync();
        var folder = Directory.GetDirectories(Runtime).Single();

        File.GetUnixFileMode(folder).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.GetUnixFileMode(Path.Combine(folder, "data")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.ReadAllText(Path.Combine(folder, "data", "postmaster.pid")).Split('\n')[5].Trim().Should().BeEmpty("there is no listen address");
    }

    /// <summary>A watchdog may be deleting its folder at this moment.</summary>
    public void Dispose() => Victim.HoldsAsync(Delete, TimeSpan.FromSeconds(5)).GetAwaiter().GetResult();

    private bool Delete()
    {
        try
        {
            Directory.Delete(root, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return !Directory.Exists(root);
        }
    }

    private static bool IgnoresInterrupts()
    {
        const string Field = "SigIgn:";
        const ulong Interrupt = 1UL << 1;
        var mask = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal));
        return mask is not null && (ulong.Parse(mask[Field.Length..], NumberStyles.HexNumber | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) & Interrupt) != 0;
    }
}
