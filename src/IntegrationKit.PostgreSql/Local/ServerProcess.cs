using System.Collections.Concurrent;
using System.Diagnostics;

namespace IntegrationKit.Local;

/// <summary>
/// A running <c>postgres</c> under a watchdog: a shell in a session of its own that reads a pipe from us. When our process
/// ends in whatever way, the pipe closes, and the shell stops the server at once and removes its folder.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // A word on the pipe is a signal to send (INT = stop cleanly); the end of the pipe is an immediate stop. A 'keep' file
    // in the folder means that the folder outlives the server, 'live-on' that the server outlives us.
    private const string Watchdog = """
        dir=$1; shift
        exec 3<&0 >/dev/null
        "$@" </dev/null 3<&- &
        pg=$!
        (while read -r word; do kill -"$word" $pg; done; [ -e "$dir/live-on" ] || kill -QUIT $pg) <&3 2>/dev/null &
        watch=$!
        wait $pg; code=$?
        kill $watch 2>/dev/null
        [ -e "$dir/keep" ] || rm -rf "$dir"
        echo "watchdog: server ended with $code" >&2
        """;

    /// <summary>Leaves the server running without us; it cannot be stopped through this object any more.</summary>
    public void LetGo()
    {
        process.StandardInput.Close();
        process.Dispose();
    }

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly ConcurrentQueue<string> log = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process) => this.process = process;

    public string LogTail => string.Join('\n', log.TakeLast(20));

    /// <summary>Completes when the server has ended.</summary>
    public Task Ended => ended.Task;

    /// <summary>Starts the server and waits until it accepts connections.</summary>
    /// <exception cref="DatabaseSetupException">It ended or did not get ready; the message holds its log.</exception>
    public static async Task<ServerProcess> StartAsync(
        string folder, IEnumerable<string> command, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        string[] watchdog = OperatingSystem.IsLinux() ? ["setsid", "sh", "-c", Watchdog] : ["sh", "-c", Watchdog];
        var start = new ProcessStartInfo(watchdog[0], [.. watchdog[1..], "integrationkit-watchdog", folder, .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        start.Environment["LC_MESSAGES"] = "C";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(Process.Start(start)!);
        server.process.ErrorDataReceived += (_, line) => server.Read(line.Data);
        server.process.BeginErrorReadLine();
        return await server.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops with a checkpoint, so that the folder can be copied.</summary>
    public async Task StopCleanlyAsync(CancellationToken cancellationToken)
    {
        await process.StandardInput.WriteLineAsync("INT".AsMemory(), cancellationToken).ConfigureAwait(false);
        await process.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
        await Ended.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(6)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or InvalidOperationException)
        {
            // The watchdog goes on by itself.
        }

        process.Dispose();
    }

    private async Task<ServerProcess> WaitAsync(CancellationToken cancellationToken)
    {
        var first = await Task.WhenAny(ready.Task, ended.Task, Task.Delay(StartDeadline, cancellationToken)).ConfigureAwait(false);
        if (first == ready.Task)
        {
            return this;
        }

        var text = LogTail;
        await DisposeAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        throw new DatabaseSetupException(
            (first == ended.Task ? "The PostgreSQL server ended while starting" : $"The PostgreSQL server was not ready after {StartDeadline.TotalSeconds:0} s")
            + $". Its last log lines:\n{text}");
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            ended.TrySetResult();
            return;
        }

        log.Enqueue(line);
        if (log.Count > 200)
        {
            log.TryDequeue(out _);
        }

        if (line.StartsWith("watchdog: ", StringComparison.Ordinal))
        {
            ended.TrySetResult();
        }
        else if (line.Contains("ready to accept connections", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }
}
