using System.Net.Sockets;

namespace IntegrationKit;

public sealed class DoctorTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("ik-doctor").FullName;

    private string Runtime => Path.Combine(root, "run");

    [Fact]
    public async Task Providers_caches_and_leftovers_are_named()
    {
        var (code, output) = await RunAsync("doctor");

        output.Should().Contain("external").And.Contain("INTEGRATIONKIT_POSTGRES is not set")
            .And.Contain("local_process").And.Contain("container")
            .And.Contain("Cached data folders in " + Path.Combine(root, "cache", "postgres"))
            .And.MatchRegex("Left by dead runs\\s+none");
        output.Should().Contain("Containers of runs").And.NotContain("> container", "whether a project has that package cannot be known");
        code.Should().Be(output.Contains("A run would use") && !output.Contains("left by process") ? 0 : 1);
    }

    [Fact]
    public async Task A_leftover_closes_with_one_and_prune_removes_it_and_nothing_else()
    {
        var leftover = Directory.CreateDirectory(Path.Combine(Runtime, "deadbeef")).FullName;
        await File.WriteAllTextAsync(leftover + ".lock", "", TestContext.Current.CancellationToken);
        var decoy = Directory.CreateDirectory(Path.Combine(Runtime, "somebodys-folder")).FullName;

        var found = await RunAsync("doctor");
        var pruned = await RunAsync("doctor", "--prune");

        found.Code.Should().Be(1);
        found.Output.Should().Contain(leftover).And.Contain("doctor --prune");
        pruned.Output.Should().MatchRegex($"Removed\\s+{leftover}");
        Directory.Exists(leftover).Should().BeFalse();
        Directory.Exists(decoy).Should().BeTrue();
    }

    [Fact]
    public async Task A_dead_server_that_was_named_closes_with_one_whatever_else_works()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        var port = ((System.Net.IPEndPoint)socket.LocalEndPoint!).Port;

        var (code, output) = await RunAsync(["doctor"], ("INTEGRATIONKIT_POSTGRES", $"Host=127.0.0.1;Port={port};Username=me;Password=hunter22"));

        code.Should().Be(1);
        output.Should().Contain($"me@127.0.0.1:{port}").And.NotContain("hunter22").And.Contain("No server can be had");
    }

    [Fact]
    public async Task What_another_version_cached_is_named_and_pruned()
    {
        var old = Directory.CreateDirectory(Path.Combine(root, "cache", "postgres", "15.1-abc", "set-old")).FullName;
        await File.WriteAllTextAsync(Path.Combine(old, "contents.json"), "{ \"Templates\": 7 }", TestContext.Current.CancellationToken);
        var fresh = Directory.CreateDirectory(Path.Combine(root, "cache", "postgres", "15.1-abc", "new-1-set")).FullName;
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));

        var found = await RunAsync("doctor");
        await RunAsync("doctor", "--prune");

        found.Output.Should().MatchRegex($"Cached by other versions\\s+{old}").And.NotContain(fresh);
        Directory.Exists(old).Should().BeFalse();
        Directory.Exists(fresh).Should().BeTrue("somebody may be writing it");
    }

    [Fact]
    public async Task A_docker_that_is_not_there_is_a_reason()
    {
        var (_, output) = await RunAsync(["doctor"], ("DOCKER_HOST", "unix://" + Path.Combine(root, "no.sock")));

        output.Should().MatchRegex("- container +no container engine answers \\(unix://.* \\(set in DOCKER_HOST\\): there is no such socket\\)");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private Task<(int Code, string Output)> RunAsync(params string[] arguments) => RunAsync(arguments, ("DOTNET_NOLOGO", "1"));

    /// <summary>The command as a process of its own: the environment decides what it finds.</summary>
    private async Task<(int Code, string Output)> RunAsync(string[] arguments, (string Name, string Value) extra)
    {
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["INTEGRATIONKIT_RUNTIME"] = Runtime;
        start.Environment["INTEGRATIONKIT_CACHE"] = Path.Combine(root, "cache");
        start.Environment.Remove("INTEGRATIONKIT_POSTGRES");
        start.Environment[extra.Name] = extra.Value;
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
