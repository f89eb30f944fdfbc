using System.Runtime.ExceptionServices;
using IntegrationKit.Identity;
using IntegrationKit.Servers;
using IntegrationKit.Sql;
using Npgsql;

namespace IntegrationKit.Templates;

/// <summary>
/// The templates on a server, one database per hash. Whoever comes first builds it under an advisory lock; the mark
/// "is a template" is set last, so a half-built one is recognised and built again.
/// </summary>
internal sealed class TemplateStore(PostgresServer server)
{
    public const string Prefix = "ik_tpl_";

    private const string UsedComment = "IntegrationKit template, last used ";

    /// <summary>A query for the names of templates that nobody has used for a month.</summary>
    public const string Old = $"SELECT datname FROM pg_database WHERE datname ~ '^{Prefix}' AND shobj_description(oid, 'pg_database') BETWEEN '{UsedComment}' AND '{UsedComment}' || to_char(now() AT TIME ZONE 'UTC' - interval '30 days', 'YYYY-MM-DD')";

    /// <summary>Roles that are no superusers cannot use what another role built, so each has its own.</summary>
    public static string NameOf(TemplateRecipe recipe, PostgresServer server) => server.Facts.ExactReset
        ? Prefix + recipe.Hash
        : $"{Prefix}{recipe.Hash}_{TestIds.Digest(new NpgsqlConnectionStringBuilder(server.ConnectionString).Username ?? "", 8)}";

    /// <returns>True when the template was there already.</returns>
    public async Task<bool> EnsureAsync(TemplateRecipe recipe, CancellationToken cancellationToken)
    {
        if (server.Templates.ContainsKey(recipe.Hash))
        {
            return true;
        }

        if (server.Failures.TryGetValue(recipe.Hash, out var failure))
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        var name = NameOf(recipe, server);
        var connection = await server.OpenCommonAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await RunAsync(connection, $"SELECT pg_advisory_lock(hashtextextended({Identifiers.Literal(name)}, 0))", cancellationToken).ConfigureAwait(false);
            try
            {
                var exists = await ExistsAsync(connection, name, cancellationToken).ConfigureAwait(false);
                if (!exists)
                {
                    await BuildAsync(connection, recipe, name, cancellationToken).ConfigureAwait(false);
                }

                await UsedAsync(connection, recipe.Hash, name, cancellationToken).ConfigureAwait(false);
                return exists;
            }
            finally
            {
                await RunAsync(connection, "SELECT pg_advisory_unlock_all()", CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    public static async Task<bool> ExistsAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = {Identifiers.Literal(name)} AND datistemplate)";
        return (bool)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>On a server that stays, the day of the last use decides when a template is dropped.</summary>
    private Task UsedAsync(NpgsqlConnection connection, string hash, string name, CancellationToken cancellationToken)
    {
        if (server.Disposable)
        {
            server.Templates[hash] = 0;
            return Task.CompletedTask;
        }

        return RunAsync(
            connection,
            $"DO $$BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', '{name}', '{UsedComment}' || to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD')); EXCEPTION WHEN insufficient_privilege THEN NULL; END$$",
            cancellationToken);
    }

    private async Task BuildAsync(NpgsqlConnection connection, TemplateRecipe recipe, string name, CancellationToken cancellationToken)
    {
        await RunAsync(connection, $"DROP DATABASE IF EXISTS {Identifiers.Quote(name)} WITH (FORCE)", cancellationToken).ConfigureAwait(false);
        await RunAsync(connection, $"CREATE DATABASE {Identifiers.Quote(name)} TEMPLATE template0 ENCODING 'UTF8'", cancellationToken).ConfigureAwait(false);
        try
        {
            // Unpooled: an idle connection to a template would keep it from being cloned.
            var text = new NpgsqlConnectionStringBuilder(server.ConnectionStringFor(name)) { Pooling = false }.ConnectionString;
            var source = Connections.Quiet(text, types: true);
            await using (source.ConfigureAwait(false))
            {
                await recipe.ApplyAsync(new TemplateContext(recipe.Context, text, source), cancellationToken).ConfigureAwait(false);
                await new TemplateFinish(server, recipe.KeptTables).RunAsync(name, cancellationToken).ConfigureAwait(false);
            }

            await EndSessionsAsync(connection, name, cancellationToken).ConfigureAwait(false);
            await RunAsync(connection, $"ALTER DATABASE {Identifiers.Quote(name)} IS_TEMPLATE true", cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await RunAsync(connection, $"DROP DATABASE IF EXISTS {Identifiers.Quote(name)} WITH (FORCE)", CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private static Task EndSessionsAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken) => RunAsync(
        connection,
        $"SELECT pg_terminate_backend(pid{(connection.PostgreSqlVersion.Major >= 14 ? ", 5000" : "")}) FROM pg_stat_activity WHERE datname = {Identifiers.Literal(name)} AND pid <> pg_backend_pid()",
        cancellationToken);

    private static async Task RunAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
