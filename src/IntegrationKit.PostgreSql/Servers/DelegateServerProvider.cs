namespace IntegrationKit.Servers;

/// <summary>A server that the user's code starts. Two databases with the same delegate share it.</summary>
// Identity: The user's delegate, by which two providers are told apart.
internal sealed class DelegateServerProvider(
    Delegate identity, Func<CancellationToken, Task<(string ConnectionString, IAsyncDisposable? Server)>> start) : IServerProvider
{
    private readonly Delegate identity = identity;

    public string Name => "delegate";

    public Task<ServerProbe> ProbeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ServerProbe(true, "started by a delegate in code"));

    public async Task<PostgresServer> StartAsync(ServerNeeds needs, CancellationToken cancellationToken)
    {
        IAsyncDisposable? owned = null;
        try
        {
            (var connectionString, owned) = await start(cancellationToken).ConfigureAwait(false);
            var server = new PostgresServer(connectionString)
            {
                Provider = Name,
                Reason = "started by a delegate in code",
                Stop = () => owned?.DisposeAsync() ?? ValueTask.CompletedTask,
            };
            return await server.ConnectedAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (owned is not null)
            {
                await owned.DisposeAsync().ConfigureAwait(false);
            }

            throw new DatabaseSetupException(
                $"The delegate given to Start(...) did not bring up a usable PostgreSQL server: {exception.Message}", exception);
        }
    }

    public override bool Equals(object? obj) => obj is DelegateServerProvider other && identity.Equals(other.identity);

    public override int GetHashCode() => identity.GetHashCode();
}
