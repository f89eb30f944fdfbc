using IntegrationKit.Journal;
using IntegrationKit.Model;
using IntegrationKit.Redaction;

namespace IntegrationKit.Building;

/// <summary>Says what the recorder cut from texts of tests to keep them within their limits (<see cref="EventText"/>).</summary>
internal sealed class TextLimits
{
    private readonly SortedDictionary<string, (int Limit, long Dropped)> cuts = new(StringComparer.Ordinal);

    public IReadOnlyList<Truncation> Truncations =>
        [.. cuts.Select(cut => new Truncation(cut.Key, $"{cut.Value.Limit / 1024} KiB", cut.Value.Dropped))];

    public string? Output(TestFinished? finished)
    {
        Note("testResults.tests[].output", finished?.Status == TestStatus.Passed ? EventText.PassedOutput : EventText.FailedOutput, finished?.OutputCut ?? 0);
        return finished?.Output;
    }

    public void Note(TestError error)
    {
        Note("testResults.tests[].error.message", EventText.Message, error.MessageCut);
        Note("testResults.tests[].error.stack", EventText.Stack, error.StackCut);
    }

    private void Note(string path, int limit, int dropped)
    {
        if (dropped > 0)
        {
            var known = cuts.GetValueOrDefault(path);
            cuts[path] = (Math.Max(limit, known.Limit), known.Dropped + dropped);
        }
    }
}
