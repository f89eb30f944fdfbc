using IntegrationKit.Runs;
using Xunit.Sdk;
using Xunit.v3;

namespace IntegrationKit;

/// <summary>
/// Starts the test collections that took longest in the last run first, so that no slow one is left alone at the end while
/// the other threads have nothing to do. Without it xUnit's order is random.
/// </summary>
/// <remarks>
/// The durations come from the file named by <c>INTEGRATIONKIT_DURATIONS</c>, else from <c>integration-durations.json</c> in
/// the project, else from the <c>report.json</c> of the last run in the report folder. Tests that are not in it count as the
/// median one; without any the order is xUnit's. The order of tests within a collection does not change. Thread-safe.
/// </remarks>
/// <example>
/// <code>
/// [assembly: TestCollectionOrderer(typeof(SlowestFirst))]
/// </code>
/// </example>
public sealed class SlowestFirst : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        IntegrationRun.Current?.Weights is { } weights
            ? weights.Order(testCollections)
            : DefaultTestCollectionOrderer.Instance.OrderTestCollections(testCollections);
}
