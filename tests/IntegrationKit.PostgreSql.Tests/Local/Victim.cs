using System.Diagnostics;
using System.Globalization;

namespace IntegrationKit.PostgreSql.Tests.Local;

/// <summary>A process of its own with a local server, in a session of its own so that its whole group can be killed.</summary>
internal sealed class Victim : IDisposable
{
    private readonly Process process;

    private Victim(Process process) => this.process = process;

    public static Victim Start(string root, params (string Name, string Value)[] environment) => Start(root, [], environment);

    public static Victim Start(string root, string[] words, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("setsid", ["dotnet", Path.Combine(AppContext.BaseDirectory, "IntegrationKit.PostgreSql.Victim.dll"), Path.Combine(root, "builds"), .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = environment.Length > 0,
            UseShellExecute = false,
        };
        start.Environment["INTEGRATIONKIT_RUNTIME"] = Path.Combine(root, "r");
        start.Environment["INTEGRATIONKIT_CACHE"] = Path.Combine(root, "cache");
        start.Environment.Remove("INTEGRATIONKIT_POSTGRES");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new Victim(Process.Start(start)!);
    }

    public async Task<Victim> ReadyAsync()
    {
        (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60))).Should().Be("ready");
        return this;
    }

    /// <summary>What a process with an environment of its own said before it ended.</summary>
    public Task<string> ErrorAsync() => process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

    /// <summary>Sends a signal to the process, or to its whole group.</summary>
    public void Signal(string signal, bool group = false)
    {
        using var kill = Process.Start("kill", [$"-{signal}", "--", (group ? "-" : "") + process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public bool HasExited => process.HasExited;

    public async Task EndAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Processes that have the folder in their command line.</summary>
    public static IReadOnlyList<int> ProcessesOf(string folder) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _) && CommandLine(name!).Contains(folder, StringComparison.Ordinal) && !CommandLine(name!).Contains("Victim.dll", StringComparison.Ordinal))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture)),
    ];

    public static async Task<bool> HoldsAsync(Func<bool> condition, TimeSpan deadline)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > deadline)
            {
                return false;
            }

            await Task.Delay(10);
        }

        return true;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Signal("KILL", group: true);
        }

        process.Dispose();
    }

    public static string CommandLine(int pid) => CommandLine(pid.ToString(CultureInfo.InvariantCulture)).Replace('\0', ' ');

    private static string CommandLine(string pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
