using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Model;
using IntegrationKit.Rules;

namespace IntegrationKit.Building;

/// <summary>Decided by tests, fixtures, fatal errors and missing parts; never by counts alone.</summary>
internal static class VerdictBuilder
{
    /// <summary>The rule by which failing tests make a run a failure.</summary>
    public const string FailureRule = "IK3001";

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
        AddFailures(reasons, tests.Count(t => t.Status == TestStatus.Failed), tests.Count(t => t.Status == TestStatus.Error && !FixtureFailedRule.IsVictim(t) && !t.Decisive.InFlight));
        Add(reasons, "IK2001", ("test whose fixture failed", "tests whose fixture failed"), tests.Count(FixtureFailedRule.IsVictim));
        Add(reasons, "IK2001", ("fixture failure", "fixture failures"), facts.Runs.SelectMany(r => r.FixtureFailures).Count(f => !FixtureFailedRule.Recovered(facts, f)));
        var noTests = !options.AllowNoTests && issues.Any(i => i.RuleId == "IK1002");
        Add(reasons, "IK1002", ("no tests", "no tests"), noTests ? 1 : 0);

        var complete = reasons.Count == 0;
        Add(reasons, NeverStartedRule.RuleId, ("planned test that never started", "planned tests that never started"), NeverStartedRule.Count(facts));

        // Stopped at a failure, a run has failed; stopped without one, it proves nothing.
        var status = interrupted > 0 || missing > 0 || split > 0 || (complete && reasons.Count > 0) ? VerdictStatus.Aborted
            : reasons.Count > 0 ? VerdictStatus.Failure
            : facts.Tests.Count > 0 && tests.All(t => !t.HasRun) ? VerdictStatus.Skipped
            : VerdictStatus.Success;
        return new Verdict(status, reasons);
    }

    /// <summary>The verdict when known failures do not count; nothing else of it changes.</summary>
    public static Verdict WithoutKnown(Verdict verdict, IReadOnlyList<TestResult> tests)
    {
        var known = tests.Count(t => t.Suppressed is not null);
        if (known == 0)
        {
            return verdict;
        }

        var left = tests.Where(t => Counts(t) && t.Suppressed is null).ToList();
        List<VerdictReason> failures = [];
        AddFailures(failures, left.Count(t => t.Status == TestStatus.Failed), left.Count(t => t.Status == TestStatus.Error));
        var reasons = verdict.Reasons.ToList();
        var at = Math.Max(0, reasons.FindIndex(r => r.RuleId == FailureRule));
        reasons.RemoveAll(r => r.RuleId == FailureRule);
        reasons.InsertRange(at, failures);
        var status = verdict.Status == VerdictStatus.Failure ? WithoutFailures(reasons) : verdict.Status;
        return new Verdict(status, reasons, known);
    }

    /// <summary>A run that stopped at a known failure has shown nothing of what comes after it.</summary>
    private static string WithoutFailures(List<VerdictReason> left) => left.Count == 0 ? VerdictStatus.Success
        : left.TrueForAll(reason => reason.RuleId == NeverStartedRule.RuleId) ? VerdictStatus.Aborted
        : VerdictStatus.Failure;

    /// <summary>A failure of the test itself: neither of its fixture nor of a run that was interrupted.</summary>
    public static bool Counts(TestResult test) => test.Status == TestStatus.Failed
        || (test.Status == TestStatus.Error && test.RawStatus is not ("fixture_failed" or "environment" or "in_flight"));

    private static void AddFailures(List<VerdictReason> reasons, int failed, int errors)
    {
        Add(reasons, FailureRule, ("failed test", "failed tests"), failed);
        Add(reasons, FailureRule, ("test with errors", "tests with errors"), errors);
    }

    private static void Add(List<VerdictReason> reasons, string rule, (string One, string Many) text, int count)
    {
        if (count > 0)
        {
            reasons.Add(new VerdictReason(rule, count == 1 ? text.One : text.Many, count));
        }
    }
}
