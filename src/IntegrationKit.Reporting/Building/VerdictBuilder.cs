using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Model;
using IntegrationKit.Rules;

namespace IntegrationKit.Building;

/// <summary>Decided by tests, fixtures, fatal errors and missing parts; never by counts alone.</summary>
internal static class VerdictBuilder
{
    public static Verdict Build(SuiteFacts facts, IReadOnlyList<Issue> issues, ReportOptions options)
    {
        List<VerdictReason> reasons = [];
        var tests = facts.Tests.Values;
        var interrupted = facts.Runs.Count(r => r.Interrupted);
        Add(reasons, "IK1001", "interrupted run", interrupted);
        var missing = options.AllowMissingShards ? 0 : issues.Count(i => i.RuleId == "IK1006");
        Add(reasons, "IK1006", "missing shards", missing);
        Add(reasons, "IK3001", "failed tests", tests.Count(t => t.Status == TestStatus.Failed));
        Add(reasons, "IK3001", "tests with errors", tests.Count(t => t.Status == TestStatus.Error && !FixtureFailedRule.IsVictim(t) && !t.Decisive.InFlight));
        Add(reasons, "IK2001", "tests whose fixture failed", tests.Count(FixtureFailedRule.IsVictim));
        Add(reasons, "IK2001", "fixture failures", facts.Runs.Sum(r => r.FixtureFailures.Count));
        var noTests = !options.AllowNoTests && issues.Any(i => i.RuleId == "IK1002");
        Add(reasons, "IK1002", "no tests", noTests ? 1 : 0);

        var status = interrupted > 0 || missing > 0 ? VerdictStatus.Aborted
            : reasons.Count > 0 ? VerdictStatus.Failure
            : facts.Tests.Count > 0 && tests.All(t => !t.HasRun) ? VerdictStatus.Skipped
            : VerdictStatus.Success;
        return new Verdict(status, reasons);
    }

    private static void Add(List<VerdictReason> reasons, string rule, string text, int count)
    {
        if (count > 0)
        {
            reasons.Add(new VerdictReason(rule, text, count));
        }
    }
}
