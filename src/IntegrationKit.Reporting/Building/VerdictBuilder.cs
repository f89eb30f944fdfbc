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
        Add(reasons, "IK1001", ("interrupted run", "interrupted runs"), interrupted);
        var missing = options.AllowMissingShards ? 0 : issues.Count(i => i.RuleId == "IK1006");
        Add(reasons, "IK1006", ("missing shard", "missing shards"), missing);
        var split = ShardSplitRule.Different(facts).Count();
        Add(reasons, "IK1008", ("suite split in several ways", "suites split in several ways"), split);
        Add(reasons, "IK3001", ("failed test", "failed tests"), tests.Count(t => t.Status == TestStatus.Failed));
        Add(reasons, "IK3001", ("test with errors", "tests with errors"), tests.Count(t => t.Status == TestStatus.Error && !FixtureFailedRule.IsVictim(t) && !t.Decisive.InFlight));
        Add(reasons, "IK2001", ("test whose fixture failed", "tests whose fixture failed"), tests.Count(FixtureFailedRule.IsVictim));
        Add(reasons, "IK2001", ("fixture failure", "fixture failures"), facts.Runs.SelectMany(r => r.FixtureFailures).Count(f => !FixtureFailedRule.Recovered(facts, f)));
        var noTests = !options.AllowNoTests && issues.Any(i => i.RuleId == "IK1002");
        Add(reasons, "IK1002", ("no tests", "no tests"), noTests ? 1 : 0);

        var complete = reasons.Count == 0;
        Add(reasons, "IK1004", ("planned test that never started", "planned tests that never started"), NeverStartedRule.Count(facts));

        // Stopped at a failure, a run has failed; stopped without one, it proves nothing.
        var status = interrupted > 0 || missing > 0 || split > 0 || (complete && reasons.Count > 0) ? VerdictStatus.Aborted
            : reasons.Count > 0 ? VerdictStatus.Failure
            : facts.Tests.Count > 0 && tests.All(t => !t.HasRun) ? VerdictStatus.Skipped
            : VerdictStatus.Success;
        return new Verdict(status, reasons);
    }

    private static void Add(List<VerdictReason> reasons, string rule, (string One, string Many) text, int count)
    {
        if (count > 0)
        {
            reasons.Add(new VerdictReason(rule, count == 1 ? text.One : text.Many, count));
        }
    }
}
