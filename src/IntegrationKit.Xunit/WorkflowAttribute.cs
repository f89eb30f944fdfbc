using Xunit.v3;

namespace IntegrationKit;

/// <summary>
/// Says which workflow of the product a test covers, for example <c>checkout</c>. The report lists every workflow with
/// its tests and the integration points they touched. On a class it holds for all its tests.
/// </summary>
/// <param name="name">The workflow's name; the same name on several tests means the same workflow.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class WorkflowAttribute(string name) : Attribute, ITraitAttribute
{
    /// <summary>The trait by which runners can filter: <c>Workflow</c>.</summary>
    public const string TraitName = "Workflow";

    /// <summary>The workflow's name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc />
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new(TraitName, Name)];
}
