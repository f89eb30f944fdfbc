using IntegrationKit.Model;

namespace IntegrationKit.Rules;

/// <summary>Rules about more than this run: earlier ones, and the list of what is known. Here they only get their names.</summary>
internal static class ComparisonRules
{
    public static readonly IReadOnlyList<RuleDescription> All =
    [
        new("IK3002", "Flaky over earlier runs", "The test changed between passing and failing at least twice on one commit. Find the dependence on time, order or shared state."),
        new("IK3003", "Slower than usual", "The test takes half as long again as usual, and a tenth of a second more: usual is the median of at least five earlier runs, else the baseline. Look at what changed since."),
        new("IK3009", "Known failure expired", "The time given to repair it is over: repair it, or agree on a new date."),
        new("IK3010", "Known failure passes", "Every test that the entry matches ran and passed: take it off the list of known failures, so that the next failure counts."),
    ];
}
