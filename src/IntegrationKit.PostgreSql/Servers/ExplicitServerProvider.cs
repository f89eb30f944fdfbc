using System.Net.Sockets;
using IntegrationKit.Recording;
using Npgsql;

namespace IntegrationKit.Servers;

/// <summary>A server that is running already. Dead means dead: the tests fail in under two seconds, nothing else is tried.</summary>
internal sealed record ExplicitServerProvider(string ConnectionString, string Origin) : IServerProvider
{
    public const string Variable = "INTEGRATIONKIT_POSTGRES";

    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(1500);

    public string Name => "external";

    public static ExplicitServerProvider? FromEnvironment() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value
            ? new ExplicitServerProvider(value, $"set in {Variable}")
            : null;

    public Task<ServerProbe> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult(new ServerProbe(true, Origin));

    public async Task<PostgresServer> StartAsync(ServerNeeds needs, CancellationToken cancellationToken)
    {
        var settings = Parse();
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(Deadline);
        var server = new PostgresServer(settings.ConnectionString) { Provider = Name, Reason = Origin };
        try
        {
            // A server that accepts and then says nothing does not react to the token; the wait is ended by us.
            return await server.ConnectedAsync(timer.Token).WaitAsync(Deadline, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            _ = server.DisposeAsync().AsTask();
            throw new DatabaseSetupException(
                $"The PostgreSQL server {server.Endpoint} ({Origin}) cannot be used: {Why(exception)}. "
                + "Start it or correct the connection string; because it was named, nothing else is tried.",
                exception);
        }
    }

    private NpgsqlConnectionStringBuilder Parse()
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(ConnectionString);
            Recorder.Current?.Redactor.Register(settings.Password);
            settings.Database ??= "postgres";
            return settings;
        }
        catch (ArgumentException exception)
        {
            throw new DatabaseSetupException(
                $"The PostgreSQL connection string {Origin} cannot be read. Its form is Host=…;Port=5432;Username=…;Password=…;Database=postgres.",
                exception);
        }
    }

    private static string Why(Exception exception) => exception switch
    {
        OperationCanceledException or TimeoutException => $"no answer within {Deadline.TotalSeconds:0.0} s",
        PostgresException refused => refused.MessageText,
        NpgsqlException { InnerException: SocketException socket } => socket.Message,
        NpgsqlException { InnerException: TimeoutException } => $"no answer within {Deadline.TotalSeconds:0.0} s",
        _ => exception.Message,
    };
}
