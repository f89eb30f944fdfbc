using System.Buffers.Binary;
using System.Collections.Concurrent;
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
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Tether(Stream stream)
    {
        this.stream = stream;
        _ = Task.Run(ReadAsync);
    }

    /// <summary>Completes when the container has ended.</summary>
    public Task Ended => ended.Task;

    public string LastLines => string.Join('\n', lines);

    /// <summary>The command that runs another one on a tether.</summary>
    public static IList<string> Around(IEnumerable<string> command) => ["/bin/sh", "-c", Script, "integrationkit-tether", .. command];

    public void Dispose() => stream.Dispose();

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
                Keep(Encoding.UTF8.GetString(frame));
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
