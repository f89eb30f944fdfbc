using IntegrationKit.Databases;
using IntegrationKit.Scoping;
using IntegrationKit.Servers;
using Npgsql;

namespace IntegrationKit.Migrations;

/// <summary>
/// Walks all migrations of a context on an empty database of its own: up one by one, down one by one, and up once more.
/// After each step down the schema must be what it was before the step up.
/// </summary>
internal sealed class MigrationRoundTrip(Type context, CloneStore databases)
{
    private const string Nothing = "0"; // Entity Framework Core's name for the state before the first migration

    public async Task RunAsync(MigrationChecks checks, CancellationToken cancellationToken)
    {
        using var kit = KitWork.Begin();
        var name = databases.NextName("migrations");
        await databases.CreateEmptyAsync(name, cancellationToken).ConfigureAwait(false);
        try
        {
            // Unpooled: idle connections would outlive the database.
            var text = new NpgsqlConnectionStringBuilder(databases.Server.ConnectionStringFor(name)) { Pooling = false }.ConnectionString;
            var migrator = new EfMigrator(context, text);
            await using (migrator.ConfigureAwait(false))
            {
                var source = Connections.Quiet(text);
                await using (source.ConfigureAwait(false))
                {
                    await WalkAsync(migrator, source, checks, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await databases.DropAsync(name, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task WalkAsync(EfMigrator migrator, NpgsqlDataSource source, MigrationChecks checks, CancellationToken cancellationToken)
    {
        var names = migrator.Names;
        if (names.Count == 0)
        {
            throw new MigrationVerificationException($"{context.Name} has no migrations: none in {context.Assembly.GetName().Name} is marked with it.");
        }

        if (checks.HasFlag(MigrationChecks.PendingModelChanges) && migrator.HasPendingModelChanges)
        {
            throw new MigrationVerificationException(
                $"The model of {context.Name} has changes that no migration makes. Add one: dotnet ef migrations add <name>. The newest is {names[^1]}.");
        }

        if ((checks & (MigrationChecks.Up | MigrationChecks.Down)) == MigrationChecks.None)
        {
            return;
        }

        List<SchemaText> schemas = [await SchemaText.ReadAsync(source, cancellationToken).ConfigureAwait(false)];
        foreach (var name in names)
        {
            await StepAsync($"The Up() of {name}", migrator.MigrateAsync(name, cancellationToken)).ConfigureAwait(false);
            schemas.Add(await SchemaText.ReadAsync(source, cancellationToken).ConfigureAwait(false));
        }

        if (checks.HasFlag(MigrationChecks.Down))
        {
            await BackAsync(migrator, source, schemas, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task BackAsync(EfMigrator migrator, NpgsqlDataSource source, List<SchemaText> schemas, CancellationToken cancellationToken)
    {
        var names = migrator.Names;
        for (var index = names.Count - 1; index >= 0; index--)
        {
            await StepAsync($"The Down() of {names[index]}", migrator.MigrateAsync(index == 0 ? Nothing : names[index - 1], cancellationToken)).ConfigureAwait(false);
            await CompareAsync($"The Down() of {names[index]} does not take back what its Up() does", source, schemas[index], cancellationToken).ConfigureAwait(false);
        }

        await StepAsync("Applying all migrations after they were taken back", migrator.MigrateAsync(names[^1], cancellationToken)).ConfigureAwait(false);
        await CompareAsync("Applied after they were taken back, the migrations make another schema", source, schemas[^1], cancellationToken).ConfigureAwait(false);
    }

    private static async Task StepAsync(string what, Task step)
    {
        try
        {
            await step.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or NotSupportedException)
        {
            throw new MigrationVerificationException($"{what} failed: {exception.Message}", exception);
        }
    }

    private static async Task CompareAsync(string message, NpgsqlDataSource source, SchemaText expected, CancellationToken cancellationToken)
    {
        var actual = await SchemaText.ReadAsync(source, cancellationToken).ConfigureAwait(false);
        if (actual.DifferenceTo(expected) is { Length: > 0 } difference)
        {
            throw new MigrationVerificationException($"{message} (+ is too much, - is missing):{difference}");
        }
    }
}
