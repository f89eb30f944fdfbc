using System.ComponentModel;
using System.Diagnostics;

namespace IntegrationKit.Containers;

/// <summary>
/// Covers the moment in which a tether cannot hold: a container that is created and not started yet stays when our process
/// dies. A shell in a session of its own, alive during a start only, removes it then. It needs the docker client; where that
/// is missing, the next start sweeps.
/// </summary>
internal sealed class StartWatch : IDisposable
{
    // A word means that the start is over. The end of the input means that we died; a request may still be on its way.
    private const string Script = """
        exec >/dev/null 2>&1
        read -r over && exit 0
        sleep 0.7
        docker ps --all --quiet --filter "label=$1" --filter status=created | xargs -r docker rm --force --volumes
        """;

    private readonly Process? shell;

    private StartWatch(Process? shell) => this.shell = shell;

    public static StartWatch Begin(DockerEngine engine)
    {
        if (!OperatingSystem.IsLinux() || !IsOnPath("docker"))
        {
            return new StartWatch(null);
        }

        var start = new ProcessStartInfo("setsid", ["sh", "-c", Script, "integrationkit-watch", $"{OwnerLabel.Key}={OwnerLabel.Mine}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        start.Environment[DockerSearch.Variable] = engine.Endpoint.OriginalString;
        try
        {
            return new StartWatch(Process.Start(start));
        }
        catch (Win32Exception)
        {
            return new StartWatch(null);
        }
    }

    public void Dispose()
    {
        try
        {
            shell?.StandardInput.WriteLine("over");
        }
        catch (IOException)
        {
            // Somebody ended it.
        }

        shell?.Dispose();
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
