using IntegrationKit.Migrations;
using IntegrationKit.Resources;

namespace IntegrationKit.Templates;

/// <summary>
/// Entity Framework Core migrations, by reflection over the user's own assemblies: this package then fits every EF version
/// and costs nothing to those who do not use it.
/// </summary>
internal sealed class EfMigrationStep(Type context) : TemplateStep
{
    public override string Tool => "Entity Framework Core";

    public override string Fingerprint(FixtureContext fixture) => $"ef {context.FullName} {AssemblyVersions.Of(context.Assembly)}";

    /// <summary>Classes marked as migration of this context; EF's attribute names them without a connection.</summary>
    public override IReadOnlyList<string> Names(FixtureContext fixture) =>
    [
        .. context.Assembly.GetTypes()
            .Where(type => type.CustomAttributes.Any(a => a.AttributeType.Name == "DbContextAttribute" && a.ConstructorArguments is [{ Value: Type owner }] && owner == context))
            .Select(type => type.CustomAttributes.FirstOrDefault(a => a.AttributeType.Name == "MigrationAttribute")?.ConstructorArguments[0].Value as string)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    public override void WarmUp() => EfWarmUp.Begin(context);

    public override async Task ApplyAsync(TemplateContext template, CancellationToken cancellationToken)
    {
        var migrator = new EfMigrator(context, template.ConnectionString);
        await using (migrator.ConfigureAwait(false))
        {
            var task = Names(template.Fixture).Count > 0
                ? migrator.MigrateAsync(null, cancellationToken)
                : (Task)migrator.Facade.GetType().GetMethod("EnsureCreatedAsync", [typeof(CancellationToken)])!.Invoke(migrator.Facade, [cancellationToken])!;
            await task.ConfigureAwait(false);
        }
    }
}
