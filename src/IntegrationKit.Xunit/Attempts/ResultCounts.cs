using Xunit.Sdk;

namespace IntegrationKit.Attempts;

/// <summary>
/// Results that a runner does not get to see. Assemblies, collections, classes, methods and cases tell their totals when
/// they finish; what was held back is taken out there, so that the runner's sums agree with what it has seen.
/// </summary>
internal sealed class ResultCounts
{
    private int total;
    private int failed;
    private int skipped;
    private int notRun;

    public void Add(ITestResultMessage? result)
    {
        total += result is null ? 0 : 1;
        failed += result is ITestFailed ? 1 : 0;
        skipped += result is ITestSkipped ? 1 : 0;
        notRun += result is ITestNotRun ? 1 : 0;
    }

    public void Add(IExecutionSummaryMetadata summary)
    {
        total += summary.TestsTotal;
        failed += summary.TestsFailed;
        skipped += summary.TestsSkipped;
        notRun += summary.TestsNotRun;
    }

    public void TakeFrom(IExecutionSummaryMetadata summary) => Set(
        summary, summary.TestsTotal - total, summary.TestsFailed - failed, summary.TestsSkipped - skipped, summary.TestsNotRun - notRun);

    public void WriteTo(IExecutionSummaryMetadata summary) => Set(summary, total, failed, skipped, notRun);

    /// <summary>Messages can be read by interface only; xUnit's own classes have setters, and only those are changed.</summary>
    private static void Set(IExecutionSummaryMetadata summary, int total, int failed, int skipped, int notRun)
    {
        Set(summary, nameof(IExecutionSummaryMetadata.TestsTotal), total);
        Set(summary, nameof(IExecutionSummaryMetadata.TestsFailed), failed);
        Set(summary, nameof(IExecutionSummaryMetadata.TestsSkipped), skipped);
        Set(summary, nameof(IExecutionSummaryMetadata.TestsNotRun), notRun);
    }

    private static void Set(object summary, string name, int value)
    {
        if (summary.GetType().GetProperty(name) is { SetMethod: { } setter })
        {
            setter.Invoke(summary, [Math.Max(0, value)]);
        }
    }
}
