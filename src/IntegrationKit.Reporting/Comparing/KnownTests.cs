using IntegrationKit.Building;
using IntegrationKit.Facts;
using IntegrationKit.Model;

namespace IntegrationKit.Comparing;

/// <summary>Failing tests that an entry of rule IK3001 covers: by the test, or by the whole issue the test belongs to.</summary>
internal static class KnownTests
{
    public const string Rule = VerdictBuilder.FailureRule;

    public static IReadOnlyList<TestResult> Mark(IntegrationReport report, List<KnownFailure> known)
    {
        if (known.Count == 0)
        {
            return report.TestResults.Tests;
        }

        var issues = report.Issues.Where(i => i.RuleId == Rule).DistinctBy(i => i.IssueId, StringComparer.Ordinal).ToDictionary(i => i.IssueId, StringComparer.Ordinal);
        return [.. report.TestResults.Tests.Select(test => VerdictBuilder.Counts(test) && test.Suppressed is null ? Marked(test) : test)];

        TestResult Marked(TestResult test)
        {
            var issue = IssueOf(test) is { } id ? issues.GetValueOrDefault(id) : null;
            return test with { Suppressed = known.Find(k => k.Fits(test) || (issue is not null && k.FitsWhole(issue)))?.ToSuppression() };
        }
    }

    /// <summary>The id of the issue that gathers all tests with this error.</summary>
    public static string? IssueOf(TestResult test) => test.Error?.Fingerprint is { } fingerprint ? Fingerprints.Of(Rule, fingerprint) : null;
}
