using IntegrationKit.Identity;
using IntegrationKit.Resources;

namespace IntegrationKit.Templates;

/// <summary>What makes a template, in order, and the hash by which it is found again.</summary>
internal sealed class TemplateRecipe(PostgresOptions options, FixtureContext context)
{
    /// <summary>Change it when what we add to a template changes.</summary>
    private const string Format = "13";

    public string Hash { get; } = TestIds.Digest(string.Join('\n', Parts(options, context)), 24);

    public FixtureContext Context => context;

    public IReadOnlyList<string> KeptTables => options.KeptTables;

    public string? Tool => options.Migrations.Count == 0 ? null : string.Join(", ", options.Migrations.Select(step => step.Tool).Distinct(StringComparer.Ordinal));

    public IReadOnlyList<string> Migrations => [.. options.Migrations.SelectMany(step => step.Names(context))];

    public IReadOnlyList<string> Seeds => [.. options.Seeds.SelectMany(step => step.Names(context))];

    public async Task ApplyAsync(TemplateContext template, CancellationToken cancellationToken)
    {
        foreach (var step in options.Migrations.Concat(options.Seeds))
        {
            try
            {
                await step.ApplyAsync(template, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not DatabaseSetupException and not OperationCanceledException)
            {
                var cause = exception is System.Reflection.TargetInvocationException { InnerException: { } inner } ? inner : exception;
                throw new DatabaseSetupException(
                    $"Preparing the database for {context.FixtureName} failed in {step.Tool}"
                    + $"{(step is EfMigrationStep ? " migrations" : "")}: {cause.GetType().Name}: {cause.Message}",
                    cause);
            }
        }
    }

    private static IEnumerable<string> Parts(PostgresOptions options, FixtureContext context) =>
    [
        Format,
        .. options.Migrations.Concat(options.Seeds).Select(step => step.Fingerprint(context)),
        .. options.TemplateInputs.Select(path => FileStep.Fingerprint(path, FileStep.Find(context, path, "RebuildWhenChanged"))),
        .. options.KeptTables,
    ];
}
