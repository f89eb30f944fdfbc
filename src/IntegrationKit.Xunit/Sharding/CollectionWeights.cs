using System.Reflection;
using IntegrationKit.Fixtures;
using IntegrationKit.Runs;
using Xunit.Sdk;

namespace IntegrationKit.Sharding;

/// <summary>How long the test collections of a run are expected to take, in microseconds, by their unique ids.</summary>
internal sealed class CollectionWeights(IEnumerable<ITestCase> testCases, RecordedDurations durations)
{
    private readonly Dictionary<string, long> weights = testCases
        .GroupBy(test => test.TestCollection.UniqueID, StringComparer.Ordinal)
        .ToDictionary(collection => collection.Key, collection => Sum(collection, durations), StringComparer.Ordinal);

    /// <summary>Null when nobody knows how long anything takes.</summary>
    public static CollectionWeights? Of(Assembly assembly, IEnumerable<ITestCase> testCases)
    {
        try
        {
            var durations = RecordedDurations.Load(FixtureContexts.ProjectDirectory(assembly));
            var last = Path.Combine(ReportFolder.Resolve(assembly), "report.json");
            durations = durations == RecordedDurations.None && File.Exists(last) ? RecordedDurations.Read(last) : durations;
            return durations == RecordedDurations.None ? null : new CollectionWeights(testCases, durations);
        }
        catch (InvalidOperationException)
        {
            // Half a report, or a file of something else: only the order depends on it.
            return null;
        }
    }

    /// <summary>The longest first; equal ones always in the same order.</summary>
    public IReadOnlyCollection<T> Order<T>(IReadOnlyCollection<T> collections)
        where T : ITestCollection =>
    [
        .. collections.OrderByDescending(collection => weights.GetValueOrDefault(collection.UniqueID)).ThenBy(collection => collection.UniqueID, StringComparer.Ordinal),
    ];

    /// <summary>The cases of one method share its recorded time.</summary>
    private static long Sum(IEnumerable<ITestCase> collection, RecordedDurations durations) => collection
        .Select(test => (Class: test.TestClassName ?? "", Method: test.TestMethodName ?? ""))
        .Distinct()
        .Sum(test => durations.Of(test.Class, test.Method) ?? durations.Median());
}
