using IntegrationKit.Resources;

namespace IntegrationKit.Templates;

/// <summary>The user's own code. Its fingerprint is that of its assembly and of the assemblies it uses.</summary>
internal sealed class DelegateStep(string tool, Delegate code, Func<TemplateContext, CancellationToken, Task> apply) : TemplateStep
{
    public override string Tool => tool;

    public override string Fingerprint(FixtureContext context) =>
        $"{tool} {code.Method.DeclaringType?.FullName}.{code.Method.Name} {AssemblyVersions.Of(code.Method.Module.Assembly)}";

    public override IReadOnlyList<string> Names(FixtureContext context) => [$"{tool} {code.Method.DeclaringType?.Name}"];

    public override Task ApplyAsync(TemplateContext context, CancellationToken cancellationToken) => apply(context, cancellationToken);
}
