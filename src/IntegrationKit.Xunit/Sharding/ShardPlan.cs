using System.Globalization;
using System.Text;
using IntegrationKit.Framework;
using IntegrationKit.Identity;
using Xunit.Sdk;

namespace IntegrationKit.Sharding;

/// <param name="TestCases">The cases of one shard.</param>
/// <param name="Split">Digest of who runs what: shards of one split have the same, or tests are missing or run twice.</param>
internal sealed record ShardPart(IReadOnlyCollection<ITestCase> TestCases, string Split);

/// <summary>
/// Splits a suite: the longest test first, each to the shard that has least to do. The same cases and durations give the
/// same split on every machine, in whatever order the runner found them.
/// </summary>
internal static class ShardPlan
{
    public static ShardPart Select(IReadOnlyCollection<ITestCase> testCases, Shard shard, RecordedDurations durations)
    {
        var perMethod = testCases.GroupBy(Method).ToDictionary(group => group.Key, group => group.Count());
        var median = durations.Median();
        var weighed = testCases
            .Select(testCase => (Case: testCase, Key: Key(testCase), Weight: Weight(testCase, durations, median, perMethod)))
            .OrderByDescending(item => item.Weight)
            .ThenBy(item => item.Key, StringComparer.Ordinal);
        var loads = new long[shard.Count];
        List<ITestCase> selected = [];
        var split = new StringBuilder();
        foreach (var (testCase, key, weight) in weighed)
        {
            var least = Array.IndexOf(loads, loads.Min());
            loads[least] += weight;
            split.Append(CultureInfo.InvariantCulture, $"{least} {key}\n");
            if (least == shard.Number - 1)
            {
                selected.Add(testCase);
            }
        }

        return new ShardPart(selected, TestIds.Digest(split.ToString(), 16));
    }

    private static long Weight(
        ITestCase testCase, RecordedDurations durations, long median, Dictionary<(string Class, string Method), int> perMethod)
    {
        var method = Method(testCase);
        // The rows of a theory share what the theory took.
        return durations.Of(method.Class, method.Method) is { } known ? Math.Max(1, known / perMethod[method]) : median;
    }

    private static (string Class, string Method) Method(ITestCase testCase) => (testCase.TestClassName ?? "", testCase.TestMethodName ?? "");

    /// <summary>Not the unique id, which depends on where the assembly lies; nor the name alone, which xUnit cuts after some characters.</summary>
    private static string Key(ITestCase testCase) =>
        $"{testCase.TestClassName}\n{testCase.TestMethodName}\n{testCase.TestCaseDisplayName}\n{Arguments(testCase)}";

    private static string Arguments(ITestCase testCase) => testCase.TestCaseDisplayName.Contains("\u00B7\u00B7\u00B7", StringComparison.Ordinal)
        && XunitMembers.ArgumentsOfCase.Of(testCase) is { } arguments ? string.Join('\n', arguments.Select(TestIds.Canonical)) : "";
}
