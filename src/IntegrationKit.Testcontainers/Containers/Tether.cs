using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace IntegrationKit.Containers;

/// <summary>
/// Ties a container to this process: its program runs under a shell that reads the container's input, which only we hold
/// open. However our process ends, the kernel closes our end, the engine closes the input, the shell ends the program, and
/// the engine removes the container because it was created so. No second container and no privilege is needed. The same
/// stream brings the container's output, so that its last lines are known even when it has been removed.
/// </summary>
internal sealed class Tether : IDisposable
{
    // What comes in is read by head, which stops where told: tar alone would wait for the end of the input, which is our death.
    private const string In = """
        folder=$1 length=$2
        shift 2
        { mkdir -p "$folder" && head -c "$length" | tar -x -f - -C "$folder"; } || exit 1

        """;

    // A line means that the program is to be stopped; the end of the input, that we died. Its own output goes where it does not mix with the archive.
    private const string Out = """
        folder=$1
        shift
        exec 3<&0
        "$@" 3<&- </dev/null >&2 & main=$!
        read -r _ <&3 || { kill -KILL $main; exit 1; }
        kill -INT $main
        while kill -0 $main 2>/dev/null; do wait $main; done
        exec tar -c -f - -C "$folder" .
        """;

    // Background jobs get no input, hence descriptor 3. A signal of the engine (docker stop) is passed on; wait returns early then.
    private const string Script = """
        exec 3<&0
        "$@" 3<&- </dev/null & main=$!
        trap 'kill -TERM $main' TERM
        trap 'kill -INT $main' INT
        trap 'kill -QUIT $main' QUIT
        { while read -r _; do :; done; kill -KILL $main; } <&3 3<&- >/dev/null 2>&1 &
        exec 3<&-
        wait $main; code=$?
        while kill -0 $main 2>/dev/null; do wait $main; code=$?; done
        exit $code
        """;

    private const int LinesKept = 30;

    private readonly Stream stream;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly MemoryStream? archive;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Tether(Stream stream, Cargo? cargo)
    {
        this.stream = stream;
        archive = cargo is { Archive: null } ? new MemoryStream() : null;
        _ = Task.Run(ReadAsync);
        if (cargo?.Archive is { } content)
        {
            _ = Task.Run(() => SendAsync(content));
        }
    }

    /// <summary>Completes when the container has ended.</summary>
    public Task Ended => ended.Task;

    public string LastLines => string.Join('\n', lines);

    /// <summary>The command that runs another one on a tether.</summary>
    public static IList<string> Around(IEnumerable<string> command, Cargo? cargo) => cargo switch
    {
        null => ["/bin/sh", "-c", Script, "integrationkit-tether", .. command],
        { Archive: { } content } => ["/bin/sh", "-c", In + Script, "integrationkit-tether", cargo.Folder, content.Length.ToString(CultureInfo.InvariantCulture), .. command],
        _ => ["/bin/sh", "-c", Out, "integrationkit-tether", cargo.Folder, .. command],
    };

    /// <summary>Has the program stopped and its folder brought out. Whether that is whole is for the caller to see.</summary>
    public async Task<byte[]> BringOutAsync(CancellationToken cancellationToken)
    {
        await stream.WriteAsync("stop\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        await Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        return archive!.ToArray();
    }

    public void Dispose() => stream.Dispose();

    private async Task SendAsync(byte[] content)
    {
        try
        {
            await stream.WriteAsync(content).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The container has ended, which whoever waits for its program sees.
        }
    }

    /// <summary>Output comes in frames: one byte says which stream, four at the end of the head how long.</summary>
    private async Task ReadAsync()
    {
        try
        {
            var head = new byte[8];
            while (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false).ConfigureAwait(false) == head.Length)
            {
                var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4))];
                await stream.ReadExactlyAsync(frame).ConfigureAwait(false);
                if (archive is not null && head[0] == 1)
                {
                    archive.Write(frame);
                }
                else
                {
                    Keep(Encoding.UTF8.GetString(frame));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OverflowException)
        {
            // The connection is gone, and with it the container.
        }

        ended.TrySetResult();
    }

    private void Keep(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            lines.Enqueue(line.TrimEnd('\r'));
            if (lines.Count > LinesKept)
            {
                lines.TryDequeue(out _);
            }
        }
    }
}
