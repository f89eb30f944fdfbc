using System.Collections.Concurrent;
using System.Diagnostics;

namespace IntegrationKit.Local;

/// <summary>
/// A <c>postgres</c> under a watchdog: a shell in a session of its own that reads a pipe from us. When our process ends in
/// whatever way, the pipe closes, and the shell stops the server at once and removes its folder. The shell runs before the
/// folder is filled, and starts the server on our word, so nothing is left by a process that dies in between.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // The first word starts the program ('go') or ends the watchdog ('leave'); later ones are signals to send (INT = stop
    // cleanly); the end of the pipe is an immediate stop and the end of the folder, said again and again because a program
    // that has just been started still ignores the signal. A 'keep' file
    // in the folder means that the folder outlives the server, 'live-on' that the server outlives us. The folder is removed
    // again and again, too: programs that the program started may still be writing.
    private const string Watchdog = """
        dir=$1; shift
        exec 3<&0 >/dev/null
        clean() { for try in 1 2 3 4 5 6 7 8 9; do rm -rf "$dir" "$dir.lock" 2>/dev/null && return; sleep 0.05; done; }
        echo "watchdog: watching" >&2
        if ! read -r word <&3; then clean; exit; fi
        [ "$word" = go ] || exit 0
        "$@" </dev/null 3<&- &
        pg=$!
        (while read -r word; do kill -"$word" $pg; done; [ -e "$dir/live-on" ] || { rm -f "$dir/keep"; while kill -QUIT $pg; do sleep 0.05; done; }) <&3 2>/dev/null &
        watch=$!
        wait $pg; code=$?
        kill $watch 2>/dev/null
        [ -e "$dir/keep" ] || clean
        echo "watchdog: server ended with $code" >&2
        """;

    /// <summary>Leaves the server running without us; it cannot be stopped through this object any more.</summary>
    public void LetGo()
    {
        process.StandardInput.Close();
        process.Dispose();
    }

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private const string Result = "watchdog: server ended with ";

    private const string Watching = "watchdog: watching";

    private readonly Process process;
    private readonly ConcurrentQueue<string> log = new();
    private readonly TaskCompletionSource watching = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process) => this.process = process;

    public string LogTail => string.Join('\n', log.TakeLast(20));

    /// <summary>Completes when the server has ended.</summary>
    public Task Ended => ended.Task;

    /// <summary>Starts the watchdog, which guards the folder from now on and waits for <see cref="GoAsync"/>.</summary>
    public static ServerProcess Watch(string folder, IEnumerable<string> command, IReadOnlyDictionary<string, string> environment)
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
        return server;
    }

    /// <summary>
    /// Waits until the watchdog has a session of its own; before, what kills our process group kills it, too. Nothing may be
    /// left behind before.
    /// </summary>
    public Task WatchingAsync() => Task.WhenAny(watching.Task, ended.Task);

    /// <summary>Starts the server and waits until it accepts connections.</summary>
    /// <exception cref="DatabaseSetupException">It ended or did not get ready; the message holds its log.</exception>
    public async Task<ServerProcess> GoAsync(CancellationToken cancellationToken)
    {
        await SendAsync("go", cancellationToken).ConfigureAwait(false);
        return await WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a program that ends by itself, for example initdb. Returns what it said, and whether it went well.</summary>
    public async Task<(bool Done, string Output)> RunToEndAsync(CancellationToken cancellationToken)
    {
        await SendAsync("go", cancellationToken).ConfigureAwait(false);
        await Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        var (done, output) = (log.Any(line => line == Result + "0"), LogTail);
        await DisposeAsync().ConfigureAwait(false);
        return (done, output);
    }

    /// <summary>Ends the watchdog of a server that was never started, and leaves the folder alone.</summary>
    public async Task LeaveAsync()
    {
        try
        {
            await SendAsync("leave", CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // It has ended already.
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Stops with a checkpoint, so that the folder can be copied.</summary>
    public async Task StopCleanlyAsync(CancellationToken cancellationToken)
    {
        await SendAsync("INT", cancellationToken).ConfigureAwait(false);
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

    private async Task SendAsync(string word, CancellationToken cancellationToken)
    {
        await process.StandardInput.WriteLineAsync(word.AsMemory(), cancellationToken).ConfigureAwait(false);
        await process.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
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

        if (line == Watching)
        {
            watching.TrySetResult();
            return;
        }

        log.Enqueue(line);
        if (log.Count > 200)
        {
            log.TryDequeue(out _);
        }

        if (line.StartsWith(Result, StringComparison.Ordinal))
        {
            ended.TrySetResult();
        }
        else if (line.Contains("ready to accept connections", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }
}
