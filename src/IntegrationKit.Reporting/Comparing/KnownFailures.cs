using System.Globalization;
using IntegrationKit.Building;
using IntegrationKit.Facts;
using IntegrationKit.Model;
using IntegrationKit.Rules;

namespace IntegrationKit.Comparing;

/// <summary>
/// Marks what is known: failing tests (they do not count), issues and recommendations. Says which entries have expired,
/// and which are not needed any more.
/// </summary>
internal static class KnownFailures
{
    /// <summary>What the suite itself accepts by attribute. The day that counts is the run's: the report stays a function of its journals.</summary>
    public static IntegrationReport Apply(IntegrationReport report, SuiteFacts facts) => facts.Suppressions.Count == 0 ? report : Apply(
        report,
        [
            .. facts.Suppressions.Select(entry => new KnownFailure { Rule = entry.Suppression.Rule, Match = entry.Suppression.Match, Owner = entry.Assembly, Reason = entry.Suppression.Reason, Until = entry.Suppression.Until })
                .OrderBy(known => known.Rule, StringComparer.Ordinal).ThenBy(known => known.Match, StringComparer.Ordinal).ThenBy(known => known.Reason, StringComparer.Ordinal),
        ],
        DateOnly.FromDateTime(report.StartedAt.UtcDateTime));

    public static IntegrationReport Apply(IntegrationReport report, IReadOnlyList<KnownFailure> known, DateOnly today)
    {
        var expired = known.Where(k => k.Until < today).ToList();
        var valid = known.Except(expired).ToList();
        var tests = KnownTests.Mark(report, valid.FindAll(k => k.Rule == KnownTests.Rule));
        var suppressor = new IssueSuppressor(valid, tests);
        var marked = report with
        {
            Verdict = VerdictBuilder.WithoutKnown(report.Verdict, tests),
            TestResults = report.TestResults with { Tests = tests },
            Issues = [.. report.Issues.Select(i => i with { Suppressed = suppressor.Of(i) ?? i.Suppressed })],
            Recommendations =
            [
                .. report.Recommendations.Select(r => r with
                {
                    Suppressed = valid.Find(k => k.Rule == r.RuleId && (k.Fits(r.Target) || k.Fits(r.Id)))?.ToSuppression() ?? r.Suppressed,
                }),
            ],
        };
        return IssueList.Add(marked, [.. expired.Select(Expired), .. valid.Where(k => k.Rule == KnownTests.Rule).DistinctBy(k => k.Match).SelectMany(k => Passing(k, tests))]);
    }

    private static Issue Expired(KnownFailure known)
    {
        var sink = new FindingSink();
        sink.Issue(new IssueDraft
        {
            Rule = "IK3009",
            Level = Level.Error,
            Category = Category.Test,
            Subject = $"{known.Rule}|{known.Match}",
            Title = $"A known failure of {known.Rule} has expired",
            Message = $"{known.Match ?? "all"}: {known.Reason} (owner {known.Owner}, until {known.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})",
        });
        return sink.Issues[0];
    }

    /// <summary>Only where all that the entry matches ran and passed at once: the others may still need it.</summary>
    private static IEnumerable<Issue> Passing(KnownFailure known, IReadOnlyList<TestResult> tests)
    {
        var matched = tests.Where(known.Fits).ToList();
        if (matched.Count == 0 || !matched.TrueForAll(t => t is { Status: Journal.TestStatus.Passed, Flaky: false }))
        {
            return [];
        }

        var ids = new Tally();
        matched.ForEach(t => ids.Add(t.TestId));
        var sink = new FindingSink();
        sink.Issue(new IssueDraft
        {
            Rule = "IK3010",
            Level = Level.Note,
            Category = Category.Test,
            // Names differ by their numbers, which an id made of a text would leave out.
            Subject = Identity.TestIds.Digest(known.Match ?? "", 16),
            Title = $"Known failure {known.Match ?? "of every test"} passes",
            Message = $"{(matched.Count == 1 ? "The test that it matches ran and passed" : $"{matched.Count} tests that it matches ran and all passed")}: take it off the list (owner {known.Owner}: {known.Reason}).",
            Tests = ids,
            Occurrences = 1,
        });
        return sink.Issues;
    }
}
