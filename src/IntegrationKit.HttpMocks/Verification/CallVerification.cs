using IntegrationKit.Mappings;
using IntegrationKit.Requests;

namespace IntegrationKit.Verification;

/// <summary>Checks the journal against request patterns, during a test.</summary>
internal static class CallVerification
{
    private const int Shown = 10;

    public static void Count(string mock, StubMapping pattern, Called calls, IReadOnlyList<LoggedRequest> journal)
    {
        var count = journal.Count(entry => pattern.Request.Matches(entry.Request));
        if (!calls.Accepts(count))
        {
            throw new MockVerificationException(
                $"Mock '{mock}': expected {calls} of {pattern.Operation}, found {count}.{Environment.NewLine}{Received(journal)}{Nearest(pattern, journal)}");
        }
    }

    public static void Order(string mock, IReadOnlyList<StubMapping> patterns, IReadOnlyList<LoggedRequest> journal)
    {
        var next = 0;
        foreach (var entry in journal)
        {
            if (next < patterns.Count && patterns[next].Request.Matches(entry.Request))
            {
                next++;
            }
        }

        if (next < patterns.Count)
        {
            var after = next == 0 ? "" : $" after {patterns[next - 1].Operation}";
            throw new MockVerificationException(
                $"Mock '{mock}': {patterns[next].Operation} did not come{after}.{Environment.NewLine}{Received(journal)}");
        }
    }

    private static string Received(IReadOnlyList<LoggedRequest> journal)
    {
        if (journal.Count == 0)
        {
            return "No request came.";
        }

        var lines = journal.Take(Shown).Select(entry => $"  {entry.Request.Method} {entry.Request.Target}");
        var more = journal.Count > Shown ? $"{Environment.NewLine}  … and {journal.Count - Shown} more" : "";
        return $"Requests that came:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}{more}";
    }

    /// <summary>The part that kept the nearest request from counting.</summary>
    private static string Nearest(StubMapping pattern, IReadOnlyList<LoggedRequest> journal)
    {
        var nearest = journal
            .Select(entry => (entry, failed: pattern.Request.Parts.Where(part => !part.Matches(entry.Request)).ToArray()))
            .Where(candidate => candidate.failed.Length > 0)
            .OrderBy(candidate => candidate.failed.Sum(part => part.Weight * part.Distance(candidate.entry.Request)))
            .FirstOrDefault();
        return nearest.entry is null
            ? ""
            : $"{Environment.NewLine}Nearest: {nearest.entry.Request.Method} {nearest.entry.Request.Target}: "
                + $"{nearest.failed[0].Label}: {nearest.failed[0].Differences(nearest.entry.Request).First()}";
    }
}
