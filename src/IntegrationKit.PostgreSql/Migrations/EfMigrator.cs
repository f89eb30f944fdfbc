using System.Reflection;
using IntegrationKit.Templates;

namespace IntegrationKit.Migrations;

/// <summary>The migrations of one DbContext on one database, by reflection over the user's own Entity Framework Core.</summary>
internal sealed class EfMigrator : IAsyncDisposable
{
    private readonly Type context;
    private readonly object instance;
    private readonly Assembly relational = EfContexts.Load("Microsoft.EntityFrameworkCore.Relational");

    public EfMigrator(Type context, string connectionString)
    {
        this.context = context;
        instance = EfContexts.Create(context, connectionString);
        Facade = context.GetProperty("Database")!.GetValue(instance)!;
    }

    public object Facade { get; }

    /// <summary>Names of all migrations, oldest first.</summary>
    public IReadOnlyList<string> Names => [.. (IEnumerable<string>)Extension("GetMigrations")!];

    public bool HasPendingModelChanges => (bool)Extension("HasPendingModelChanges")!;

    /// <summary>Goes up or down to a migration; null is the newest, "0" is none.</summary>
    public Task MigrateAsync(string? target, CancellationToken cancellationToken)
    {
        var services = (IServiceProvider)Facade.GetType().GetInterfaces().First(type => type.Name == "IInfrastructure`1" && type.GenericTypeArguments[0] == typeof(IServiceProvider))
            .GetProperty("Instance")!.GetValue(Facade)!;
        var type = relational.GetType("Microsoft.EntityFrameworkCore.Migrations.IMigrator", throwOnError: true)!;
        return (Task)type.GetMethod("MigrateAsync", [typeof(string), typeof(CancellationToken)])!
            .Invoke(services.GetService(type), BindingFlags.DoNotWrapExceptions, null, [target, cancellationToken], null)!;
    }

    public ValueTask DisposeAsync() => ((IAsyncDisposable)instance).DisposeAsync();

    private object? Extension(string name)
    {
        var method = relational.GetType("Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions", throwOnError: true)!.GetMethod(name, [Facade.GetType()])
            ?? throw new DatabaseSetupException($"{name} of {context.Name} needs a later version of Entity Framework Core than {relational.GetName().Version}.");
        return method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Facade], null);
    }
}
