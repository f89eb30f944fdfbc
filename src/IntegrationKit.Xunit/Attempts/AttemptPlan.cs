using System.Collections.Concurrent;
using System.Collections.Frozen;
using Xunit.Sdk;

namespace IntegrationKit.Attempts;

/// <summary>
/// Which tests may run more than once, and which of them run in the current pass. A pass is one complete run of the inner
/// framework: with its own fixtures, so that every attempt starts from a fresh environment. Thread-safe.
/// </summary>
internal sealed class AttemptPlan
{
    private readonly Dictionary<string, AttemptedCase> cases;
    private readonly ConcurrentDictionary<string, string> testIds = new(StringComparer.Ordinal);
    private FrozenDictionary<string, string>? wanted;

    private AttemptPlan(Dictionary<string, AttemptedCase> cases) => this.cases = cases;

    /// <summary>1, 2, 3 …</summary>
    public int Pass { get; private set; } = 1;

    /// <summary>Null when every test runs once, which is the rule.</summary>
    public static AttemptPlan? For(IReadOnlyCollection<ITestCase> testCases)
    {
        Dictionary<string, AttemptedCase>? several = null;
        foreach (var testCase in testCases)
        {
            if (AttemptPolicy.Of(testCase) is { } policy)
            {
                (several ??= new(StringComparer.Ordinal)).TryAdd(testCase.UniqueID, new AttemptedCase(testCase, policy));
            }
        }

        return several is null ? null : new AttemptPlan(several);
    }

    public AttemptPolicy? PolicyOf(string testCaseId) => cases.TryGetValue(testCaseId, out var entry) ? entry.Policy : null;

    /// <summary>False for the other rows of a theory of which one row is run again.</summary>
    public bool Wants(string testUniqueId) => wanted is null || wanted.ContainsKey(testUniqueId);

    /// <summary>The id under which the report knows the test since its first attempt.</summary>
    public string? TestIdOf(string testUniqueId) => testIds.GetValueOrDefault(testUniqueId);

    public void Remember(string testUniqueId, string testId) => testIds.TryAdd(testUniqueId, testId);

    /// <summary>Begins the next pass with these tests, by unique id of test and case, and says which cases that means.</summary>
    public IReadOnlyCollection<ITestCase> Next(IEnumerable<KeyValuePair<string, string>> again)
    {
        wanted = again.ToFrozenDictionary(StringComparer.Ordinal);
        Pass++;
        return [.. wanted.Values.Distinct(StringComparer.Ordinal).Select(id => cases[id].TestCase)];
    }

    private sealed record AttemptedCase(ITestCase TestCase, AttemptPolicy Policy);
}
