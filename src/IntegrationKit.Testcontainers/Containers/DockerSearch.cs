using System.Net.Sockets;

namespace IntegrationKit.Containers;

/// <summary>
/// Looks for a container engine once per process. Where DOCKER_HOST is set, nothing else is tried: Testcontainers would
/// silently take another engine than the one that was named.
/// </summary>
// Engine: Null when there is none.
// Reason: What answered, or everything that was tried.
internal sealed record DockerSearch(DockerEngine? Engine, string Reason)
{
    public const string Variable = "DOCKER_HOST";

    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(1500);

    private static readonly Lazy<Task<DockerSearch>> Shared = new(() => Task.Run(() => RunAsync(Environment.GetEnvironmentVariable, CancellationToken.None)));

    /// <summary>The search of this process; the first caller waits at most a second and a half.</summary>
    public static Task<DockerSearch> OnceAsync() => Shared.Value;

    // environment: reads an environment variable.
    public static async Task<DockerSearch> RunAsync(Func<string, string?> environment, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(Deadline);
        List<string> tried = [];
        foreach (var (address, origin) in Candidates(environment))
        {
            try
            {
                var engine = await DockerEngine.ConnectAsync(Parse(address), timer.Token).ConfigureAwait(false);
                return new DockerSearch(engine, $"{engine.Server} answers at {address}{origin}, API {engine.ApiVersion}");
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                tried.Add($"{address}{origin}: {Why(exception)}");
            }
        }

        return new DockerSearch(null, $"no container engine answers ({string.Join("; ", tried)})");
    }

    private static IEnumerable<(string Address, string Origin)> Candidates(Func<string, string?> environment)
    {
        if (environment(Variable) is { Length: > 0 } named)
        {
            return [(named, $" (set in {Variable})")];
        }

        if (OperatingSystem.IsWindows())
        {
            return [("npipe://./pipe/docker_engine", "")];
        }

        var home = environment("HOME") ?? "/";
        string[] sockets = environment("XDG_RUNTIME_DIR") is { Length: > 0 } runtime
            ? ["/var/run/docker.sock", $"{runtime}/docker.sock", $"{home}/.docker/run/docker.sock", $"{home}/.docker/desktop/docker.sock", $"{runtime}/podman/podman.sock"]
            : ["/var/run/docker.sock", $"{home}/.docker/run/docker.sock", $"{home}/.docker/desktop/docker.sock"];
        var present = sockets.Where(File.Exists).ToArray();
        return (present.Length > 0 ? present : sockets[..1]).Select(socket => ("unix://" + socket, ""));
    }

    private static Uri Parse(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "unix" or "tcp" or "npipe" or "http"
        ? uri
        : throw new NotSupportedException("only unix://, tcp:// and npipe:// addresses are supported");

    private static string Why(Exception exception) => exception switch
    {
        // What .NET makes of "no such file".
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.AddressNotAvailable } } => "there is no such socket",
        HttpRequestException { InnerException: SocketException socket } => socket.Message,
        OperationCanceledException => $"no answer within {Deadline.TotalSeconds:0.0} s",
        _ => exception.Message,
    };
}
