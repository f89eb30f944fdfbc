using System.Net.Sockets;
using IntegrationKit.Mappings;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace IntegrationKit.Responding;

/// <summary>
/// Breaks an answer below HTTP: writes raw bytes and ends the connection with a FIN, or with a RST. After a FIN it waits for
/// the client to read and close; closing at once could turn into a RST that throws the client's unread bytes away.
/// </summary>
internal static class FaultWriter
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    /// <summary>The very bytes Java WireMock sends: no HTTP, and no chunk size either.</summary>
    private static ReadOnlySpan<byte> Junk => "lskdu018973t09sylgasjkfg1][]'./.sdlv"u8;

    private static ReadOnlySpan<byte> BrokenChunkHead => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8;

    public static async Task WriteAsync(IFeatureCollection features, Fault fault, CancellationToken cancellationToken)
    {
        var lifetime = features.Get<IHttpRequestLifetimeFeature>()!;
        if (features.Get<IConnectionSocketFeature>()?.Socket is not { } socket)
        {
            lifetime.Abort();
            return;
        }

        if (fault == Fault.ConnectionResetByPeer)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close(0);
            lifetime.Abort();
            return;
        }

        await SendAsync(features, socket, Bytes(fault), cancellationToken).ConfigureAwait(false);
        socket.Shutdown(SocketShutdown.Send);
        await ClientClosedAsync(features, cancellationToken).ConfigureAwait(false);
        lifetime.Abort();
    }

    private static byte[] Bytes(Fault fault)
    {
        if (fault == Fault.EmptyResponse)
        {
            return [];
        }

        return fault == Fault.MalformedResponseChunk ? [.. BrokenChunkHead, .. Junk] : [.. Junk];
    }

    private static async Task SendAsync(IFeatureCollection features, Socket socket, byte[] bytes, CancellationToken cancellationToken)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        if (features.Get<ITlsConnectionFeature>() is not null)
        {
            // Below HTTP but inside TLS: the connection's own pipe encrypts.
            await features.Get<IConnectionTransportFeature>()!.Transport.Output.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            return;
        }

        await socket.SendAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    private static async Task ClientClosedAsync(IFeatureCollection features, CancellationToken cancellationToken)
    {
        if (features.Get<IConnectionLifetimeFeature>() is not { } connection)
        {
            return;
        }

        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = connection.ConnectionClosed.Register(() => closed.TrySetResult()).ConfigureAwait(false);
        await Task.WhenAny(closed.Task, Task.Delay(Linger, cancellationToken)).ConfigureAwait(false);
    }
}
