using IntegrationKit.Facts;
using IntegrationKit.Writers;

namespace IntegrationKit.Rules;

/// <summary>
/// One statement the report can make, as a small class over facts. A rule says nothing it cannot prove: no finding is
/// always a valid answer. A rule that throws is reported and does not keep the others from speaking.
/// </summary>
internal abstract class Rule(string id, string name, string help)
{
    public string Id { get; } = id;
    public string Name { get; } = name;
    /// <summary>What the finding means and what to do about it, in one or two sentences.</summary>
    public string Help { get; } = help;

    public abstract void Evaluate(SuiteFacts facts, FindingSink sink);

    protected static string Tests(long count) => Counted.Of(count, "test");

    protected static string Times(long count) => count == 1 ? "once" : $"{count} times";
}
