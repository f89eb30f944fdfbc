using IntegrationKit.Facts;
using IntegrationKit.Model;
using IntegrationKit.Writers;

namespace IntegrationKit.Rules;

internal sealed class RunAbortedRule() : Rule(
    "IK1001", "Run interrupted", "The process ended before the runner was done. Finished tests are reported as they ended, tests in flight as errors, the others as not run.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var run in facts.Runs.Where(run => run.Interrupted))
        {
            var flying = run.InFlight;
            var tests = new Tally();
            flying.ForEach(e => tests.Add(e.Test.TestId));
            var reason = run.Aborted?.Reason ?? (run.Finished is { Cancelled: true } ? "cancelled" : "the process ended without a word (killed, crashed or out of memory)");
            sink.Issue(new IssueDraft
            {
                Level = Level.Error,
                Category = Category.Environment,
                Subject = $"{run.Assembly}|{run.Started?.ShardId}",
                Title = flying.Count == 0 ? "The run was interrupted" : $"The run was interrupted with {Tests(flying.Count)} in flight",
                Message = $"Reason: {reason}. Last resource event: {run.LastResource ?? "none"}.",
                Tests = tests,
                // All of them, whatever their number: a runner that is slow to take messages leaves hundreds without an end.
                TestLimit = int.MaxValue,
                Evidence = flying.Select(e => $"in flight: {e.Name}{(e.Steps is { Count: > 0 } ? $", after step '{e.Steps[^1].Name}'" : "")}"),
                Occurrences = 1,
            });
        }
    }
}

internal sealed class NoTestsRule() : Rule(
    "IK1002", "No tests", "A run without tests proves nothing; usually a filter is wrong or the assembly was not built.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        if (facts.Tests.Count == 0 && facts.Runs.TrueForAll(run => run.PlannedCases == 0))
        {
            sink.Issue(new IssueDraft
            {
                Level = Level.Error,
                Category = Category.Environment,
                Subject = "run",
                Title = "No test ran",
                Message = facts.Runs.Select(r => r.Planned?.Filter).FirstOrDefault(f => f is not null) is { } filter
                    ? $"The filter '{filter}' selects no test."
                    : "The run contained no tests.",
            });
        }
    }
}

internal sealed class NeverStartedRule() : Rule(
    RuleId, "Planned tests never started", "The runner ended the run before them: it stops at the first failure when asked to, and when it is cancelled. Nothing is known of these tests.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var run in facts.Runs.Where(run => !run.Interrupted && run.NeverStarted.Count > 0))
        {
            sink.Issue(new IssueDraft
            {
                Level = Level.Warning,
                Category = Category.Environment,
                Subject = $"{run.Assembly}|{run.Started?.ShardId}",
                Title = $"{Tests(run.NeverStarted.Count)} of {run.Planned?.TestCases} never started",
                Message = "The runner said that the run was over. They are reported as not run.",
                Evidence = run.NeverStarted.Select(planned => planned.Name),
                Occurrences = run.NeverStarted.Count,
            });
        }
    }

    public const string RuleId = "IK1004";

    public static int Count(SuiteFacts facts) => facts.Runs.Where(run => !run.Interrupted).Sum(run => run.NeverStarted.Count);
}

internal sealed class JournalDamagedRule() : Rule(
    "IK1005", "Journal damaged", "Lines of the journal could not be read; what they said is missing from the report. A torn last line is normal after a kill.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var run in facts.Runs.Where(r => r.UnreadableLines > 0 || r.MissingSequences > 0 || r.Started is null))
        {
            sink.Issue(new IssueDraft
            {
                Level = Level.Warning,
                Category = Category.Environment,
                Subject = run.Assembly,
                Title = "The journal is damaged",
                Message = $"{Counted.Of(run.UnreadableLines, "unreadable line")}, {Counted.Of(run.MissingSequences, "missing event")}"
                    + $"{(run.TornLastLine ? ", torn last line" : "")}{(run.Started is null ? ", no header" : "")}.",
                Evidence = [run.Source],
            });
        }
    }
}
