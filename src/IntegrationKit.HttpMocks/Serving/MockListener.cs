using System.Net;
using IntegrationKit.Tls;
using Microsoft.AspNetCore.Hosting;
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
    private readonly IServer listening;
    private int stopped;

    private MockListener(IServer listening, Uri address)
    {
        this.listening = listening;
        Address = address;
    }

    /// <summary>Scheme, host and port, for example <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address { get; }

    /// <summary><see cref="Address"/> without the slash at the end.</summary>
    public string Url => Address.GetLeftPart(UriPartial.Authority);

    public static async Task<MockListener> StartAsync(
        MockEngine engine, LaneMock? lane, ListenerOptions options, CancellationToken cancellationToken)
    {
        var server = options.Certificate is null ? PlainServer(options) : TlsHost.Server(kestrel => Configure(kestrel, options));
        try
        {
            await server.StartAsync(new Application(engine, lane), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        var address = server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new(server, new Uri(address));
    }

    private static KestrelServer PlainServer(ListenerOptions options)
    {
        var kestrel = new KestrelServerOptions();
        Configure(kestrel, options);
        var transport = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions { Backlog = 4096 }), NullLoggerFactory.Instance);
        return new KestrelServer(Options.Create(kestrel), transport, NullLoggerFactory.Instance);
    }

    private static void Configure(KestrelServerOptions kestrel, ListenerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxRequestLineSize = 64 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 256 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 1000;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        kestrel.Listen(new IPEndPoint(IPAddress.Loopback, options.Port), listen =>
        {
            if (options.Certificate is { } certificate)
            {
                listen.UseHttps(certificate.Certificate);
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref stopped, 1) != 0)
        {
            return;
        }

        // Requests that still wait (delays, clients that hang) are cut: nobody is left to hear the answer.
        await listening.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        listening.Dispose();
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

/// <param name="Port">0 picks a free one.</param>
/// <param name="MaxConnections">Further connections wait in the backlog.</param>
/// <param name="Certificate">Speak TLS (HTTP/1.1 and HTTP/2) with it, or plain HTTP for null.</param>
internal sealed record ListenerOptions(int Port = 0, int MaxConnections = 20_000, MockCertificate? Certificate = null);
