using System.Buffers.Binary;
using System.Net.Sockets;

namespace IntegrationKit.Faults;

/// <summary>
/// One client connection and its server connection. Client messages are read one by one, because a failing statement is
/// answered here: everything up to its Sync is swallowed, and an ErrorResponse and ReadyForQuery go back. Server bytes are
/// passed through; only the transaction state of each ReadyForQuery is noted.
/// </summary>
internal sealed class ProxiedSession(FaultProxy proxy, Socket client, Socket server) : IDisposable
{
    private const byte ReadyForQuery = (byte)'Z';

    private readonly NetworkStream toClient = new(client, ownsSocket: true);
    private readonly NetworkStream toServer = new(server, ownsSocket: true);
    private readonly SemaphoreSlim writing = new(1, 1);
    private byte transaction = (byte)'I';
    private bool failing;
    private int starting = 1;

    public void Abort()
    {
        try
        {
            client.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Gone already.
        }

        client.Dispose();
        server.Dispose();
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var upstream = ForwardRequestsAsync(ended.Token);
        var downstream = ForwardAnswersAsync(ended.Token);
        await Task.WhenAny(upstream, downstream).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        Abort();
        await Task.WhenAll(Quiet(upstream), Quiet(downstream)).ConfigureAwait(false);
    }

    public void Dispose()
    {
        toClient.Dispose();
        toServer.Dispose();
        writing.Dispose();
    }

    private static async Task Quiet(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has hung up.
        }
    }

    private async Task ForwardRequestsAsync(CancellationToken cancellationToken)
    {
        await ForwardStartupAsync(cancellationToken).ConfigureAwait(false);
        while (await ReadMessageAsync(toClient, cancellationToken).ConfigureAwait(false) is { } message)
        {
            var kind = (char)message[0];
            failing |= kind is 'Q' or 'P' or 'B' && Volatile.Read(ref starting) == 0 && proxy.Fault is { } fault && IsError(fault.Fault) && !EndsTransaction(message) && fault.Take();
            if (!failing)
            {
                await toServer.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            }
            else if (kind is 'Q' or 'S')
            {
                failing = false;
                await FailAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Rolling back must work even while everything else fails, as it does on a real server.</summary>
    private static bool EndsTransaction(byte[] message) =>
        message.AsSpan().IndexOf("ROLLBACK"u8) >= 0 || message.AsSpan().IndexOf("DISCARD"u8) >= 0 || message.AsSpan().IndexOf("UNLISTEN"u8) >= 0;

    private async Task FailAsync(CancellationToken cancellationToken)
    {
        var fault = proxy.Fault?.Fault ?? DatabaseFault.SerializationFailure;
        await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await toClient.WriteAsync(ErrorMessages.For(fault), cancellationToken).ConfigureAwait(false);
            if (fault == DatabaseFault.Terminated)
            {
                // As a server does: a reset instead could overtake the error. The client hangs up when it has read it.
                client.Shutdown(SocketShutdown.Send);
                return;
            }

            // In a transaction the failure dooms it. The server does not know, so the client's ROLLBACK ends it there.
            var state = transaction == (byte)'I' ? (byte)'I' : (byte)'E';
            await toClient.WriteAsync(new byte[] { ReadyForQuery, 0, 0, 0, 5, state }, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    private static bool IsError(DatabaseFault fault) => fault is not (DatabaseFault.Refused or DatabaseFault.Reset or DatabaseFault.Silent);

    /// <summary>The first messages have no type byte: SSL and GSS requests, which the server declines, then the start itself.</summary>
    private async Task ForwardStartupAsync(CancellationToken cancellationToken)
    {
        var length = new byte[4];
        await toClient.ReadExactlyAsync(length, cancellationToken).ConfigureAwait(false);
        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        length.CopyTo(message, 0);
        await toClient.ReadExactlyAsync(message.AsMemory(4), cancellationToken).ConfigureAwait(false);
        await toServer.WriteAsync(message, cancellationToken).ConfigureAwait(false);
    }

    private async Task ForwardAnswersAsync(CancellationToken cancellationToken)
    {
        while (await ReadMessageAsync(toServer, cancellationToken).ConfigureAwait(false) is { } message)
        {
            if (proxy.Delay > TimeSpan.Zero)
            {
                await Task.Delay(proxy.Delay, cancellationToken).ConfigureAwait(false);
            }

            if (message[0] == ReadyForQuery)
            {
                transaction = message[5];
                Volatile.Write(ref starting, 0);
            }

            if (proxy.Fault is { Fault: DatabaseFault.Silent })
            {
                continue;
            }

            await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await toClient.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                writing.Release();
            }
        }
    }

    private static async Task<byte[]?> ReadMessageAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var head = new byte[5];
        if (await stream.ReadAtLeastAsync(head, 5, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < 5)
        {
            return null;
        }

        var message = new byte[1 + BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1))];
        head.CopyTo(message, 0);
        await stream.ReadExactlyAsync(message.AsMemory(5), cancellationToken).ConfigureAwait(false);
        return message;
    }
}
