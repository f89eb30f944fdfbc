using System.Diagnostics;
using System.Globalization;

namespace IntegrationKit.Testcontainers.Tests.Support;

/// <summary>A process of its own with a database in a container, in a session of its own so that its whole group can be killed.</summary>
internal sealed class Victim : IDisposable
{
    private readonly Process process;

    private Victim(Process process) => this.process = process;

    /// <summary>The label of its containers.</summary>
    public string Owner { get; private set; } = "";

    public static async Task<Victim> StartAsync()
    {
        var start = new ProcessStartInfo("setsid", ["dotnet", Path.Combine(AppContext.BaseDirectory, "IntegrationKit.Testcontainers.Victim.dll"), LocalDocker.Postgres])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment.Remove("INTEGRATIONKIT_POSTGRES");
        var victim = new Victim(Process.Start(start)!);
        victim.Owner = (await victim.LineAsync())!;
        return victim;
    }

    public async Task<Victim> ReadyAsync()
    {
        (await LineAsync()).Should().Be("ready");
        return this;
    }

    /// <summary>Kills the process, or its whole group, in a way that it cannot notice.</summary>
    public void Kill(bool group)
    {
        using var kill = Process.Start("kill", ["-KILL", "--", (group ? "-" : "") + process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task EndAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>How long it takes until the process owns no container any more; at most the deadline.</summary>
    public async Task<TimeSpan> GoneAfterAsync(TimeSpan deadline)
    {
        var started = Stopwatch.GetTimestamp();
        while ((await LocalDocker.OwnedByAsync(Owner)).Count > 0 && Stopwatch.GetElapsedTime(started) < deadline)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill(group: true);
        }

        process.Dispose();
    }

    private Task<string?> LineAsync() =>
        process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
}
