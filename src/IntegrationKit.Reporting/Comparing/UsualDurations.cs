using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Comparing;

/// <summary>
/// How long a test usually takes: the median of earlier runs, else what it took in the baseline. Slower is half as long
/// again and a tenth of a second more, which small tests on a busy machine do not reach by chance.
/// </summary>
internal sealed class UsualDurations(TestPairs? pairs, RunHistory? earlier)
{
    private const double SlowerRatio = 1.5;
    private const long SlowerFloorUs = 100_000;

    /// <summary>How slow the test is when it is slower than usual; null when it is not, when it failed, and when nobody knows.</summary>
    public Slowness? Of(TestResult test) => test.Status == TestStatus.Passed && Usual(test) is > 0 and var usual
        && test.DurationUs > usual * SlowerRatio && test.DurationUs > usual + SlowerFloorUs
        ? new Slowness(test, usual, Math.Round((double)test.DurationUs / usual, 2))
        : null;

    private long? Usual(TestResult test) =>
        earlier?.MedianUs(test.TestId) ?? (pairs?.Before(test) is { Status: TestStatus.Passed } before ? before.DurationUs : null);
}

internal sealed record Slowness(TestResult Test, long UsualUs, double Ratio);
