using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Rules;

internal sealed class FailureClusterRule() : Rule(
    "IK3001", "Failing tests with one cause", "Tests that fail with the same error at the same place are one problem.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        var bad = facts.Tests.Values.Where(t => t.IsBad && t.Decisive.Fingerprint is not null && !FixtureFailedRule.IsVictim(t));
        foreach (var cluster in bad.GroupBy(t => t.Decisive.Fingerprint!, StringComparer.Ordinal).OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            var members = cluster.OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
            var first = members[0].Decisive;
            var error = Fingerprints.Innermost(first.Finished!.Error!);
            var tests = new Tally();
            members.ForEach(t => tests.Add(t.TestId));
            sink.Issue(new IssueDraft
            {
                Level = Level.Error,
                Category = first.RawStatus == "timeout" ? Category.Reliability : Category.Product,
                Subject = cluster.Key,
                Title = members.Count == 1 ? members[0].Name : $"{Tests(members.Count)} fail with the same error",
                Message = $"{error.Type}: {error.Message}",
                Tests = tests,
                Locations = first.Case.SourcePath is { } path ? [new Location(path, first.Case.SourceLine)] : null,
                Evidence = Fingerprints.OwnFrame(error.Stack) is { } frame ? [$"at {frame}"] : null,
            });
        }
    }
}

internal sealed class FlakyRule() : Rule(
    "IK20", "Flaky test", "The test failed and then passed on a retry without any change. Find the dependence on time, order or shared state.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var test in facts.Tests.Values.Where(t => t.Flaky).OrderBy(t => t.TestId, StringComparer.Ordinal))
        {
            var failed = test.Executions.First(e => e.Status is TestStatus.Failed or TestStatus.Error);
            sink.IssueOfTest(
                test.TestId,
                (Level.Warning, Category.Reliability),
                $"{test.Name} is flaky",
                $"Passed in attempt {test.Executions.Count} after: {failed.Finished?.Error?.Message ?? failed.RawStatus}");
        }
    }
}

internal sealed class SkippedWithoutReasonRule() : Rule(
    "IK3004", "Skipped without a reason", "Nobody can tell whether the test may run again. Give a reason or delete it.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        var tests = new Tally();
        foreach (var test in facts.Tests.Values.Where(t => t.Status == TestStatus.Skipped && string.IsNullOrWhiteSpace(t.Decisive.Finished?.Reason)))
        {
            tests.Add(test.TestId);
        }

        if (tests.TestCount > 0)
        {
            sink.Issue(new IssueDraft
            {
                Level = Level.Note,
                Category = Category.Test,
                Subject = "skipped",
                Title = $"{Tests(tests.TestCount)} skipped without a reason",
                Message = "Give each a reason or delete it.",
                Tests = tests,
            });
        }
    }
}

internal sealed class DuplicateRowRule() : Rule(
    "IK3006", "Duplicate theory row", "Two rows of a theory have equal arguments: the second proves nothing new.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var id in facts.DuplicateTests)
        {
            sink.IssueOfTest(id, (Level.Note, Category.Test), $"{facts.Test(id)?.Name ?? id} has a row twice", "Two rows have equal arguments.");
        }
    }
}

internal sealed class SetupDominatesRule() : Rule(
    "IK3008", "Setting up costs more than testing", "Share the fixture over more tests (assembly fixture), or use a cheaper reset.")
{
    private const long WorthMentioningUs = 20_000_000;

    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        var finished = facts.Tests.Values.Select(t => t.Decisive.Finished).Where(f => f is not null).ToList();
        var setup = finished.Sum(f => f!.SetupUs);
        var body = finished.Sum(f => f!.DurationUs);
        if (setup > WorthMentioningUs && setup > body)
        {
            sink.Issue(new IssueDraft
            {
                Level = Level.Note,
                Category = Category.Performance,
                Subject = "suite",
                Title = "Setting up takes longer than testing",
                Message = $"{setup / 1_000_000} s of setting up for {body / 1_000_000} s of tests.",
            });
        }
    }
}
