using IntegrationKit.Building;
using IntegrationKit.Model;
using IntegrationKit.Rules;

namespace IntegrationKit.Comparing;

/// <summary>
/// An issue is suppressed as a whole, or by its tests when each of them is covered: an entry for one test must not hide
/// another one that fails with the same error.
/// </summary>
internal sealed class IssueSuppressor(List<KnownFailure> known, IReadOnlyList<TestResult> tests)
{
    private readonly Lazy<ILookup<string, TestResult>> byId = new(() => tests.ToLookup(t => t.TestId, StringComparer.Ordinal));

    // An issue lists some of its tests; the fingerprint finds all of them.
    private readonly Lazy<ILookup<string?, TestResult>> byIssue = new(() => tests.Where(VerdictBuilder.Counts).ToLookup(KnownTests.IssueOf, StringComparer.Ordinal));

    public Suppression? Of(Issue issue)
    {
        var own = known.FindAll(k => k.Rule == issue.RuleId);
        return own.Find(k => k.FitsWhole(issue)) is { } whole ? whole.ToSuppression()
            : issue.RuleId == KnownTests.Rule ? Together(byIssue.Value[issue.IssueId].Select(t => t.Suppressed))
            : own.Count == 0 || issue.TestIds.Count >= FindingSink.EvidenceLimit ? null
            : Together(issue.TestIds.Select(id => own.Find(k => k.Fits(id) || byId.Value[id].Any(k.Fits))?.ToSuppression()));
    }

    private static Suppression? Together(IEnumerable<Suppression?> parts)
    {
        var all = parts.Distinct().ToList();
        return all.Count == 0 || all.Contains(null) ? null : new Suppression(
            string.Join(", ", all.Select(s => s!.By).Distinct(StringComparer.Ordinal)),
            string.Join("; ", all.Select(s => s!.Reason).Distinct(StringComparer.Ordinal)),
            all.Min(s => s!.Until));
    }
}
