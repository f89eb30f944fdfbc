using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using IntegrationKit.Hosting;

namespace IntegrationKit.Mailing;

/// <summary>Takes every message on a free loopback port and keeps it for the test that has the lane. Thread-safe.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;
    private volatile Inbox inbox = new(null);

    public SmtpServer()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = Detached.RunAsync(AcceptAsync);
    }

    public int Port { get; }

    public IReadOnlyList<SentMail> Messages => [.. inbox.Messages];

    /// <summary>What arrives from now on belongs to the next test.</summary>
    public void Begin(Action<SentMail> observe) => inbox = new Inbox(observe);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(stop.Token).ConfigureAwait(false);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var session = new SmtpSession(client.GetStream(), Deliver);
                await session.RunAsync(stop.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // the client went away, or the fixture did
            }
        }
    }

    private void Deliver(SentMail mail)
    {
        var current = inbox;
        current.Messages.Enqueue(mail);
        current.Observe?.Invoke(mail);
    }

    private sealed record Inbox(Action<SentMail>? Observe)
    {
        public ConcurrentQueue<SentMail> Messages { get; } = new();
    }
}
