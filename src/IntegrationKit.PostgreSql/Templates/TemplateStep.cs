using IntegrationKit.Resources;
using Npgsql;

namespace IntegrationKit.Templates;

/// <summary>One thing done once to make a template: migrations, a seed.</summary>
internal abstract class TemplateStep
{
    /// <summary>The tool's name for the report, for example <c>Entity Framework Core</c>.</summary>
    public abstract string Tool { get; }

    /// <summary>Everything on which the outcome depends; part of the template's hash.</summary>
    public abstract string Fingerprint(FixtureContext context);

    /// <summary>Names for the report: migrations or seed files.</summary>
    public abstract IReadOnlyList<string> Names(FixtureContext context);

    /// <summary>Prepares the process for the use of the tool, beside the start of the server; returns at once.</summary>
    public virtual void WarmUp()
    {
    }

    public abstract Task ApplyAsync(TemplateContext context, CancellationToken cancellationToken);
}

/// <summary>What a step works on.</summary>
internal sealed record TemplateContext(FixtureContext Fixture, string ConnectionString, NpgsqlDataSource DataSource);
