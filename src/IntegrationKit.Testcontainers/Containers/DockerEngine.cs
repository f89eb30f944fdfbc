using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace IntegrationKit.Containers;

/// <summary>
/// The few requests to a container engine that Testcontainers does not offer: which version it speaks, what an image runs,
/// a stream to a container's input, and what carries our label. Speaks the engine's HTTP over its socket. Thread-safe.
/// </summary>
internal sealed class DockerEngine : IDisposable
{
    /// <summary>The version Testcontainers is written against; an older engine is spoken to in its own.</summary>
    private static readonly Version Newest = new(1, 44);

    private readonly HttpClient http;

    private DockerEngine(Uri endpoint)
    {
        Endpoint = endpoint;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (_, token) => DialAsync(endpoint, token),
            // No activities: what the kit does is not an outgoing call of the application.
            ActivityHeadersPropagator = null,
            UseProxy = false,
        };
        http = new HttpClient(handler) { BaseAddress = new Uri("http://docker/"), Timeout = TimeSpan.FromSeconds(30) };
    }

    public Uri Endpoint { get; }

    public Version ApiVersion { get; private set; } = Newest;

    /// <summary>Name and version, for example Docker/20.10.24.</summary>
    public string Server { get; private set; } = "";

    /// <summary>Connects and agrees on a version. Throws when nothing answers.</summary>
    public static async Task<DockerEngine> ConnectAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        var engine = new DockerEngine(endpoint);
        try
        {
            using var answer = await engine.http.GetAsync(new Uri("_ping", UriKind.Relative), cancellationToken).ConfigureAwait(false);
            answer.EnsureSuccessStatusCode();
            if (Header(answer, "Ostype") == "windows")
            {
                throw new NotSupportedException("it runs Windows containers");
            }

            engine.ApiVersion = Version.TryParse(Header(answer, "Api-Version"), out var offered) && offered < Newest ? offered : Newest;
            engine.Server = Header(answer, "Server").Split(' ')[0];
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    public async Task<bool> HasImageAsync(string image, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(Path($"images/{image}/json"), cancellationToken).ConfigureAwait(false);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>What a local image runs. Synchronous, because Testcontainers asks for a container's settings synchronously.</summary>
    public ImageFacts Inspect(string image)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path($"images/{image}/json"));
        using var answer = http.Send(request);
        answer.EnsureSuccessStatusCode();
        using var body = answer.Content.ReadAsStream();
        return ImageFacts.Read(body);
    }

    /// <summary>The container's input, output and error stream in one; closing it closes the input. Synchronous as above.</summary>
    public Stream Attach(string container)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path($"containers/{container}/attach?stream=1&stdin=1&stdout=1&stderr=1"));
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new("tcp"));
        var answer = http.Send(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode == HttpStatusCode.SwitchingProtocols
            ? answer.Content.ReadAsStream()
            : throw new IOException($"The engine does not attach to container {container}: {(int)answer.StatusCode} {answer.ReasonPhrase}");
    }

    /// <summary>Id and owner of every container, running or not, that carries our label.</summary>
    public async Task<IReadOnlyList<(string Id, string Owner)>> OwnedAsync(CancellationToken cancellationToken)
    {
        var filter = Uri.EscapeDataString($$"""{"label":["{{OwnerLabel.Key}}"]}""");
        using var list = await GetAsync($"containers/json?all=1&filters={filter}", cancellationToken).ConfigureAwait(false);
        return [.. list.RootElement.EnumerateArray().Select(container => (
            container.GetProperty("Id").GetString()!,
            container.GetProperty("Labels").GetProperty(OwnerLabel.Key).GetString()!))];
    }

    /// <summary>The address of this machine's side of the engine's default network, or null.</summary>
    public async Task<string?> GatewayAsync(CancellationToken cancellationToken)
    {
        using var network = await GetAsync("networks/bridge", cancellationToken).ConfigureAwait(false);
        return network.RootElement.GetProperty("IPAM").GetProperty("Config").EnumerateArray()
            .Select(range => range.TryGetProperty("Gateway", out var gateway) ? gateway.GetString() : null)
            .FirstOrDefault(gateway => gateway is not null);
    }

    /// <summary>Ends and removes a container with its unnamed volumes. One that is gone or going is fine.</summary>
    public async Task RemoveAsync(string container, CancellationToken cancellationToken)
    {
        using var answer = await http.DeleteAsync(Path($"containers/{container}?force=1&v=1"), cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode && answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Conflict))
        {
            throw new IOException($"The engine does not remove container {container}: {(int)answer.StatusCode} {answer.ReasonPhrase}");
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(Path(path), cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            return await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    private Uri Path(string path) => new($"v{ApiVersion}/{path}", UriKind.Relative);

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(' ', values) : "";

    private static async ValueTask<Stream> DialAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.Scheme == "npipe")
        {
            var pipe = new NamedPipeClientStream(".", endpoint.AbsolutePath.Split('/')[^1], PipeDirection.InOut, PipeOptions.Asynchronous);
            await pipe.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return pipe;
        }

        var unix = endpoint.Scheme == "unix";
        var socket = unix ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            EndPoint address = unix ? new UnixDomainSocketEndPoint(endpoint.AbsolutePath) : new DnsEndPoint(endpoint.Host, endpoint.Port);
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
