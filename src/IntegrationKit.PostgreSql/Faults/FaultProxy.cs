using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace IntegrationKit.Faults;

/// <summary>
/// A lane's own door to its database: a loopback listener that passes the protocol through, until it is told to break
/// something. So the application meets real network faults and real error responses, without knowing. Thread-safe.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<ProxiedSession, byte> sessions = new();
    private readonly NpgsqlConnectionStringBuilder target;
    private readonly Task accepting;

    public FaultProxy(string connectionString)
    {
        target = new NpgsqlConnectionStringBuilder(connectionString);
        listener.Start();
        accepting = Task.Run(AcceptAsync);
    }

    /// <summary>The database through this door.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(target.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)listener.LocalEndpoint).Port,
        SslMode = SslMode.Disable,
    }.ConnectionString;

    /// <summary>What is broken, or null.</summary>
    public FaultState? Fault { get; private set; }

    public void Inject(DatabaseFault fault, int statements)
    {
        Fault = fault == DatabaseFault.Reset ? null : new FaultState(fault, statements);
        if (fault is DatabaseFault.Refused or DatabaseFault.Reset)
        {
            Cut();
        }
    }

    public void Heal()
    {
        var silent = Fault is { Fault: DatabaseFault.Silent };
        Fault = null;
        if (silent)
        {
            Cut(); // Their answers were swallowed; nobody can go on with them.
        }
    }

    /// <summary>The next test finds everything whole.</summary>
    public void EndTest()
    {
        Delay = TimeSpan.Zero;
        Heal();
    }

    /// <summary>Delays every answer, for a slow network.</summary>
    public TimeSpan Delay { get; set; }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        listener.Stop();
        Cut();
        await accepting.ConfigureAwait(false);
        listener.Dispose();
        stopping.Dispose();
    }

    private void Cut()
    {
        foreach (var session in sessions.Keys)
        {
            session.Abort();
        }
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptSocketAsync(stopping.Token).ConfigureAwait(false);
                if (Fault is { Fault: DatabaseFault.Refused })
                {
                    client.LingerState = new LingerOption(enable: true, seconds: 0);
                    client.Dispose();
                    continue;
                }

#pragma warning disable CA2025 // the session owns the socket from here on
                _ = ServeAsync(client);
#pragma warning restore CA2025
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Stopping, or the client went away before it was accepted.
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        try
        {
            using var session = new ProxiedSession(this, client, await ConnectAsync().ConfigureAwait(false));
            sessions[session] = 0;
            try
            {
                await session.RunAsync(stopping.Token).ConfigureAwait(false);
            }
            finally
            {
                sessions.TryRemove(session, out _);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            client.Dispose();
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        var unix = target.Host!.StartsWith('/');
        var server = new Socket(unix ? AddressFamily.Unix : AddressFamily.InterNetwork, SocketType.Stream, unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        if (unix)
        {
            await server.ConnectAsync(new UnixDomainSocketEndPoint($"{target.Host}/.s.PGSQL.{target.Port}"), stopping.Token).ConfigureAwait(false);
        }
        else
        {
            await server.ConnectAsync(target.Host!, target.Port, stopping.Token).ConfigureAwait(false);
            server.NoDelay = true;
        }

        return server;
    }
}

/// <summary>A fault in force, and for how many statements more.</summary>
internal sealed class FaultState(DatabaseFault fault, int statements)
{
    private int left = statements;

    public DatabaseFault Fault { get; } = fault;

    /// <summary>True while there are statements left to fail.</summary>
    public bool Take() => Interlocked.Decrement(ref left) >= 0;
}
