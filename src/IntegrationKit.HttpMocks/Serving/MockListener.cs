using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace IntegrationKit.Serving;

/// <summary>
/// One port of a mock: Kestrel without the hosting pipeline, which a mock does not need. Starts in a few milliseconds, so
/// every lane can have its own.
/// </summary>
internal sealed class MockListener : IAsyncDisposable
{
    private readonly KestrelServer server;
    private int stopped;

    private MockListener(KestrelServer server, Uri address)
    {
        this.server = server;
        Address = address;
    }

    /// <summary>Scheme, host and port, for example <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address { get; }

    /// <summary><see cref="Address"/> without the slash at the end.</summary>
    public string Url => Address.GetLeftPart(UriPartial.Authority);

    public static async Task<MockListener> StartAsync(
        MockEngine engine, LaneMock? lane, ListenerOptions options, CancellationToken cancellationToken)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxRequestLineSize = 64 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 256 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 1000;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        kestrel.Listen(new IPEndPoint(IPAddress.Loopback, options.Port), options.Configure);
        var transport = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions { Backlog = 4096 }), NullLoggerFactory.Instance);
        var kestrelServer = new KestrelServer(Options.Create(kestrel), transport, NullLoggerFactory.Instance);
        try
        {
            await kestrelServer.StartAsync(new Application(engine, lane), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            kestrelServer.Dispose();
            throw;
        }

        var address = kestrelServer.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new(kestrelServer, new Uri(address));
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref stopped, 1) != 0)
        {
            return;
        }

        // Requests that still wait (delays, clients that hang) are cut: nobody is left to hear the answer.
        await server.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        server.Dispose();
    }

    private sealed class Application(MockEngine engine, LaneMock? lane) : IHttpApplication<IFeatureCollection>
    {
        public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

        public Task ProcessRequestAsync(IFeatureCollection context) => engine.HandleAsync(context, lane);

        public void DisposeContext(IFeatureCollection context, Exception? exception)
        {
            // Kestrel owns and reuses the features.
        }
    }
}

internal sealed record ListenerOptions(int Port = 0, int MaxConnections = 20_000)
{
    /// <summary>TLS and protocols.</summary>
    public Action<ListenOptions> Configure { get; init; } = _ => { };
}
