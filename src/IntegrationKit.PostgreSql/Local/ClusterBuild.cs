using System.Security.Cryptography;
using IntegrationKit.Databases;
using IntegrationKit.Servers;
using IntegrationKit.Templates;
using Npgsql;

namespace IntegrationKit.Local;

/// <summary>Makes data folders, runs servers on them, and leaves them stopped and ready to be kept.</summary>
internal sealed class ClusterBuild(Binaries binaries, Unprivileged unprivileged)
{
    /// <summary>A folder with more templates would cost each start more than it saves.</summary>
    public const int TemplatesKept = 6;

    public async Task InitialiseAsync(RuntimeFolder folder, CancellationToken cancellationToken)
    {
        await PrivateFolder.WriteSecretAsync(folder.Secret, RandomNumberGenerator.GetHexString(32, lowercase: true), cancellationToken).ConfigureAwait(false);
        await OwnAsync(folder, cancellationToken).ConfigureAwait(false);
        string[] command = [.. unprivileged.Prefix, binaries.InitDb, "-D", folder.Data, "--pwfile", folder.Secret, .. ClusterSettings.InitialisationArguments];
        var (done, output) = await ServerProcess.Watch(folder.Path, command, binaries.Environment).RunToEndAsync(cancellationToken).ConfigureAwait(false);
        if (!done)
        {
            throw new DatabaseSetupException($"{binaries.InitDb} could not make a data folder:\n{output.Trim()}");
        }
    }

    /// <summary>Guards the folder from now on; <see cref="LaunchAsync"/> starts the server.</summary>
    public ServerProcess Watch(RuntimeFolder folder) => ServerProcess.Watch(
        folder.Path,
        [.. unprivileged.Prefix, binaries.Postgres, "-D", folder.Data, .. ClusterSettings.ServerArguments(folder.Sockets)],
        binaries.Environment);

    public async Task<ServerProcess> LaunchAsync(ServerProcess watched, RuntimeFolder folder, CancellationToken cancellationToken)
    {
        await OwnAsync(folder, cancellationToken).ConfigureAwait(false);
        return await watched.GoAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Builds the wanted template in a running server and stops it. When the template cannot be built, the folder is left
    /// without it, so that one bad migration does not take the server from all other databases.
    /// </summary>
    public async Task<(ClusterContents Contents, DatabaseSetupException? Failure)> RunAsync(
        ServerProcess process, RuntimeFolder folder, ServerNeeds needs, CancellationToken cancellationToken)
    {
        try
        {
            var failure = await TryBuildAsync(process, folder, needs, cancellationToken).ConfigureAwait(false);
            if (failure is not null && process.Ended.IsCompleted)
            {
                throw failure;
            }

            string[] built = failure is null ? [needs.TemplateHash] : [];
            return (await FinishAsync(process, folder, built, cancellationToken).ConfigureAwait(false), failure);
        }
        catch
        {
            await process.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Leaves nothing but the templates and one fresh clone of each, and stops the server.</summary>
    public async Task<ClusterContents> FinishAsync(
        ServerProcess process, RuntimeFolder folder, IReadOnlyList<string> hashes, CancellationToken cancellationToken)
    {
        List<CachedTemplate> templates = [];
        var server = new PostgresServer(folder.ConnectionString()) { Provider = "local_process", Disposable = true };
        await using (server.ConfigureAwait(false))
        {
            await server.ConnectedAsync(cancellationToken).ConfigureAwait(false);
            var clones = new CloneStore(server);
            await using (clones.ConfigureAwait(false))
            {
                await clones.DropAllAsync(cancellationToken).ConfigureAwait(false);
                foreach (var hash in hashes)
                {
                    var (template, clone) = (TemplateStore.Prefix + hash, clones.NextName("lane"));
                    await clones.CreateAsync(clone, template, cancellationToken).ConfigureAwait(false);
                    templates.Add(new CachedTemplate(hash, await OidAsync(server, template, cancellationToken).ConfigureAwait(false), clone, await OidAsync(server, clone, cancellationToken).ConfigureAwait(false)));
                }
            }
        }

        await process.StopCleanlyAsync(cancellationToken).ConfigureAwait(false);
        return new ClusterContents(templates, server.Facts);
    }

    private static async Task<DatabaseSetupException?> TryBuildAsync(
        ServerProcess process, RuntimeFolder folder, ServerNeeds needs, CancellationToken cancellationToken)
    {
        var builder = new PostgresServer(folder.ConnectionString()) { Provider = "local_process", LogTail = () => process.LogTail };
        await using (builder.ConfigureAwait(false))
        {
            await builder.ConnectedAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await needs.BuildTemplate(builder, cancellationToken).ConfigureAwait(false);
                return null;
            }
            catch (DatabaseSetupException exception)
            {
                return exception;
            }
        }
    }

    private static async Task<uint> OidAsync(PostgresServer server, string database, CancellationToken cancellationToken)
    {
        using var command = server.Admin.CreateCommand("SELECT oid FROM pg_database WHERE datname = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = database });
        return (uint)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private async Task OwnAsync(RuntimeFolder folder, CancellationToken cancellationToken)
    {
        if (unprivileged.Owner is { } owner)
        {
            await Command.RunAsync("chown", ["-R", owner, folder.Path], cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }
}
