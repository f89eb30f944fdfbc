using System.Diagnostics;

namespace IntegrationKit.Suite;

/// <summary>
/// Which suite runs next: always the one with the fewest runs so far, so that the suites of a size alternate, as long as
/// the time allotted lasts.
/// </summary>
internal sealed class SuiteSchedule(SuiteRecord record, IReadOnlyList<SuiteCell> cells, int rounds, TimeSpan allotted)
{
    private readonly long begun = Stopwatch.GetTimestamp();

    /// <summary>Cells for which there was no time.</summary>
    public IEnumerable<SuiteCell> Left => cells.Where(cell => record.Of(cell).Count == 0);

    public SuiteCell? Next() => cells
        .Where(cell => record.Of(cell).Count < rounds && Fits(cell))
        .MinBy(cell => record.Of(cell).Count);

    /// <summary>A fifth more than expected, because the last run must not be cut off; what nobody knows is tried.</summary>
    private bool Fits(SuiteCell cell)
    {
        var left = allotted - Stopwatch.GetElapsedTime(begun);
        return left > TimeSpan.Zero && TimeSpan.FromSeconds((record.Expected(cell) ?? 0) * 1.2) < left;
    }
}
