using System.Net.Sockets;
using IntegrationKit.Local;

namespace IntegrationKit.Doctor;

/// <summary>Asks the Docker daemon for a sign of life over its socket.</summary>
internal static class DockerProbe
{
    private const string DefaultSocket = "/var/run/docker.sock";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    public static async Task<ProviderAnswer> RunAsync(CancellationToken cancellationToken)
    {
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } named ? named : "unix://" + DefaultSocket;
        if (!Uri.TryCreate(host, UriKind.Absolute, out var address))
        {
            return new ProviderAnswer("container", false, $"docker: DOCKER_HOST is no address: {host}");
        }

        try
        {
            using var handler = new SocketsHttpHandler { ConnectCallback = (_, token) => ConnectAsync(address, token) };
            using var client = new HttpClient(handler) { Timeout = Deadline };
            var answer = await client.GetStringAsync(new Uri("http://docker/_ping"), cancellationToken).ConfigureAwait(false);
            return answer.Trim() == "OK"
                ? new ProviderAnswer("container", true, $"docker answers at {host} (tests need the package IntegrationKit.Testcontainers)")
                : new ProviderAnswer("container", false, $"docker: unexpected answer at {host}");
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new ProviderAnswer("container", false, $"docker: not reachable at {host}");
        }
    }

    private static async ValueTask<Stream> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var local = address.Scheme == "unix";
        var socket = local ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            System.Net.EndPoint daemon = local ? new UnixDomainSocketEndPoint(address.LocalPath) : new System.Net.DnsEndPoint(address.Host, address.Port);
            await socket.ConnectAsync(daemon, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
