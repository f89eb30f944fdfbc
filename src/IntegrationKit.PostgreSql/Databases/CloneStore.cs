using System.Security.Cryptography;
using IntegrationKit.Servers;
using IntegrationKit.Sql;
using IntegrationKit.Templates;
using Npgsql;

namespace IntegrationKit.Databases;

/// <summary>
/// The databases that this process makes from templates on one server. Their names hold a token of the process; an advisory
/// lock on the token, held while we live, tells others that they are in use, on whatever machine the others run.
/// </summary>
internal sealed class CloneStore(PostgresServer server) : IAsyncDisposable
{
    public const string Prefix = "ik_run_";

    /// <summary>On a server that goes away with us nobody sweeps, so its databases need no lock that says they are in use.</summary>
    private const string OwnPrefix = "ik_own_";

    private readonly string token = RandomNumberGenerator.GetHexString(8, lowercase: true);
    private readonly SemaphoreSlim gate = new(1, 1);
    private NpgsqlDataSource? ownerSource;
    private NpgsqlConnection? owner;
    private int number;

    private ReadyClones? ready;

    /// <summary>Builds the template again when somebody has dropped it.</summary>
    public Func<CancellationToken, Task>? Rebuild { get; init; }

    public PostgresServer Server => server;

    /// <summary>Makes a clone ahead: the next <see cref="CreateAsync"/> takes it.</summary>
    public void Prepare(string template) =>
        LazyInitializer.EnsureInitialized(ref ready, () => new ReadyClones(MakeAsync)).Add(template);

    /// <summary>A new name for a database of this process.</summary>
    public string NextName(string purpose) => $"{(server.Disposable ? OwnPrefix : Prefix)}{token}_{Plain(purpose)}_{Interlocked.Increment(ref number)}";

    /// <summary>The name of the first database of a template: that of a clone which the server started with, when there is one.</summary>
    public string FirstName(string purpose, string templateHash) =>
        server.Clones.TryGetValue(templateHash, out var ready) && server.PromisedClones.TryAdd(ready, 0) ? ready : NextName(purpose);

    public async Task CreateAsync(string name, string template, CancellationToken cancellationToken)
    {
        if (!await TakeReadyAsync(name, template, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await CloneAsync(name, template, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName && Rebuild is not null)
            {
                // Somebody has dropped the template.
                await Rebuild(cancellationToken).ConfigureAwait(false);
                await CloneAsync(name, template, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A database of this process with nothing in it.</summary>
    public async Task CreateEmptyAsync(string name, CancellationToken cancellationToken)
    {
        await OwnAsync(cancellationToken).ConfigureAwait(false);
        await RunAsync($"CREATE DATABASE {Identifiers.Quote(name)} TEMPLATE template0 ENCODING 'UTF8'", cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> MakeAsync(string template, CancellationToken cancellationToken)
    {
        var name = NextName("ready");
        await CloneAsync(name, template, cancellationToken).ConfigureAwait(false);
        return name;
    }

    private async Task CloneAsync(string name, string template, CancellationToken cancellationToken)
    {
        await OwnAsync(cancellationToken).ConfigureAwait(false);
        // File copies beat the log on a server whose checkpoints cost nothing.
        var strategy = server is { Disposable: true, Facts.Major: >= 15 } ? " STRATEGY FILE_COPY" : "";
        await RunAsync($"CREATE DATABASE {Identifiers.Quote(name)} TEMPLATE {Identifiers.Quote(template)}{strategy}", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends all sessions on a database and renames it.</summary>
    public async Task RenameAsync(string name, string newName, CancellationToken cancellationToken)
    {
        await RunAsync($"ALTER DATABASE {Identifiers.Quote(name)} ALLOW_CONNECTIONS false", cancellationToken).ConfigureAwait(false);
        await RunAsync($"SELECT pg_terminate_backend(pid{(server.Facts.Major >= 14 ? ", 5000" : "")}) FROM pg_stat_activity WHERE datname = {Identifiers.Literal(name)}", cancellationToken).ConfigureAwait(false);
        await RunAsync($"ALTER DATABASE {Identifiers.Quote(name)} RENAME TO {Identifiers.Quote(newName)}", cancellationToken).ConfigureAwait(false);
        await RunAsync($"ALTER DATABASE {Identifiers.Quote(newName)} ALLOW_CONNECTIONS true", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drops all databases that were made from templates; for servers of our own.</summary>
    public async Task DropAllAsync(CancellationToken cancellationToken)
    {
        List<string> names = [];
        using (var command = server.Admin.CreateCommand($"SELECT datname FROM pg_database WHERE datname ~ '^({Prefix}|{OwnPrefix})'"))
        {
            using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                names.Add(reader.GetString(0));
            }
        }

        foreach (var name in names)
        {
            await DropAsync(name, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task DropAsync(string name, CancellationToken cancellationToken)
    {
        if (name.StartsWith(TemplateStore.Prefix, StringComparison.Ordinal))
        {
            await RunAsync($"ALTER DATABASE {Identifiers.Quote(name)} IS_TEMPLATE false", cancellationToken).ConfigureAwait(false);
        }

        await RunAsync($"DROP DATABASE IF EXISTS {Identifiers.Quote(name)} WITH (FORCE)", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Drops databases of runs whose process is gone: those whose lock nobody holds, from whatever database of the server.
    /// Returns their names.
    /// </summary>
    public async Task<IReadOnlyList<string>> SweepAsync(CancellationToken cancellationToken)
    {
        List<string> dropped = [];
        var connection = await server.Admin.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            foreach (var name in await OrphansAsync(connection, cancellationToken).ConfigureAwait(false))
            {
                try
                {
                    await DropAsync(name, cancellationToken).ConfigureAwait(false);
                    dropped.Add(name);
                }
                catch (PostgresException)
                {
                    // Another process sweeps it at the same moment, or it belongs to another role.
                }
            }
        }

        return dropped;
    }

    public async ValueTask DisposeAsync()
    {
        if (ready is not null)
        {
            await ready.DisposeAsync().ConfigureAwait(false);
            foreach (var clone in server.Ended.IsCompleted ? [] : await ready.LeftAsync().ConfigureAwait(false))
            {
                await DropAsync(clone, CancellationToken.None).ConfigureAwait(false);
            }
        }

        if (owner is not null)
        {
            await owner.DisposeAsync().ConfigureAwait(false);
            await ownerSource!.DisposeAsync().ConfigureAwait(false);
        }

        gate.Dispose();
    }

    /// <summary>A server from the cache comes with a clone of each template; it is for the fixture that was given its name.</summary>
    private async Task<bool> TakeReadyAsync(string name, string template, CancellationToken cancellationToken)
    {
        var clone = template.StartsWith(TemplateStore.Prefix, StringComparison.Ordinal) && server.Clones.TryRemove(KeyValuePair.Create(template[TemplateStore.Prefix.Length..], name))
            ? name
            : ready is null ? null : await ready.TakeAsync(template).ConfigureAwait(false);
        if (clone is null)
        {
            return false;
        }

        if (clone != name)
        {
            await RunAsync($"ALTER DATABASE {Identifiers.Quote(clone)} RENAME TO {Identifiers.Quote(name)}", cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private static string Plain(string text) =>
        new([.. text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_').Take(24)]);

    private static async Task<IReadOnlyList<string>> OrphansAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        List<string> orphans = [];
        using var command = connection.CreateCommand();
        command.CommandText = $$"""
            WITH tokens AS MATERIALIZED (
                SELECT DISTINCT substr(datname, {{Prefix.Length + 1}}, 8) AS token FROM pg_database WHERE datname ~ '^{{Prefix}}[0-9a-f]{8}_'),
            held AS MATERIALIZED (SELECT (classid::bigint << 32) | objid::bigint AS key FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1),
            free AS MATERIALIZED (SELECT token FROM tokens WHERE hashtextextended('integrationkit ' || token, 0) NOT IN (SELECT key FROM held))
            SELECT datname FROM pg_database JOIN free ON datname LIKE '{{Prefix.Replace("_", "\\_", StringComparison.Ordinal)}}' || token || '\_%'
            UNION ALL {{KeptDatabases.Old}} UNION ALL {{TemplateStore.Old}}
            """;
        using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            orphans.Add(reader.GetString(0));
        }

        return orphans;
    }

    /// <summary>Takes the lock of our token before the first database is made.</summary>
    private async Task OwnAsync(CancellationToken cancellationToken)
    {
        if (owner is not null || server.Disposable)
        {
            return;
        }

        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await TakeTokenAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task TakeTokenAsync(CancellationToken cancellationToken)
    {
        if (owner is not null)
        {
            return;
        }

        ownerSource = Connections.Quiet(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false, KeepAlive = 30 }.ConnectionString);
        var connection = await ownerSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        using var command = new NpgsqlCommand($"SELECT pg_advisory_lock(hashtextextended('integrationkit {token}', 0))", connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        owner = connection;
        await SweepAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync(string text, CancellationToken cancellationToken)
    {
        using var command = server.Admin.CreateCommand(text);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
