using Xunit.v3;

namespace IntegrationKit.FrameworkTests.Specimens;

/// <summary>
/// Marks test classes that exist to be run in a child process by <see cref="SpecimenRun"/>: they fail, hang or are killed
/// on purpose. Their tests are explicit and build/test.sh leaves them out by this trait.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SpecimenAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Kind", "Specimen")];
}
