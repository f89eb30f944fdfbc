using Xunit.Sdk;

namespace IntegrationKit.Sharding;

/// <summary>
/// Splits a suite: the longest test first, each to the shard that has least to do. The same cases and durations give the
/// same split on every machine, in whatever order the runner found them.
/// </summary>
internal static class ShardPlan
{
    public static IReadOnlyCollection<ITestCase> Select(IReadOnlyCollection<ITestCase> testCases, Shard shard, RecordedDurations durations)
    {
        var perMethod = testCases.GroupBy(Method).ToDictionary(group => group.Key, group => group.Count());
        var median = durations.Median();
        var weighed = testCases
            .Select(testCase => (Case: testCase, Key: Key(testCase), Weight: Weight(testCase, durations, median, perMethod)))
            .OrderByDescending(item => item.Weight)
            .ThenBy(item => item.Key, StringComparer.Ordinal);
        var loads = new long[shard.Count];
        List<ITestCase> selected = [];
        foreach (var (testCase, _, weight) in weighed)
        {
            var least = Array.IndexOf(loads, loads.Min());
            loads[least] += weight;
            if (least == shard.Number - 1)
            {
                selected.Add(testCase);
            }
        }

        return selected;
    }

    private static long Weight(
        ITestCase testCase, RecordedDurations durations, long median, Dictionary<(string Class, string Method), int> perMethod)
    {
        var method = Method(testCase);
        // The rows of a theory share what the theory took.
        return durations.Of(method.Class, method.Method) is { } known ? Math.Max(1, known / perMethod[method]) : median;
    }

    private static (string Class, string Method) Method(ITestCase testCase) => (testCase.TestClassName ?? "", testCase.TestMethodName ?? "");

    /// <summary>Not the unique id, which depends on where the assembly lies.</summary>
    private static string Key(ITestCase testCase) =>
        $"{testCase.TestClassName}\n{testCase.TestMethodName}\n{testCase.TestCaseDisplayName}";
}
