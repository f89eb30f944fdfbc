using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Rules;

/// <summary>What fixtures found wrong by themselves, one issue per cause.</summary>
internal sealed class ObservedIssueRule() : Rule("IK0", "Reported by a fixture", "See the issue's own rule.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var (key, issue) in facts.ObservedIssues)
        {
            sink.Issue(new IssueDraft
            {
                Rule = issue.First.Rule,
                Level = issue.First.Level,
                Category = issue.First.Category,
                Subject = key,
                Title = issue.First.Title,
                Message = issue.First.Message,
                Tests = issue.Tests,
                Point = issue.First.Point,
                Resource = issue.First.Resource,
                Evidence = issue.Evidence,
            });
        }
    }
}

internal sealed class UnmatchedRequestRule() : Rule(
    "IK9", "Unmatched mock request", "The application called a mock in a way no stub answers. Add a stub or correct the call.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        // The mock fixture reports its unmatched requests itself, with the nearest stub; this is for those it could not give to a test.
        var reported = facts.ObservedIssues.Values.Where(i => i.First.Rule is "IK5001" or "IK9").Select(i => i.First.Point).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, unmatched) in facts.UnmatchedRequests.Where(u => !reported.Contains(u.Value.First.Point)))
        {
            sink.Issue(new IssueDraft
            {
                Level = Level.Warning,
                Category = Category.Test,
                Subject = key,
                Title = $"{facts.Point(unmatched.First.Point).Name}: no stub answers {unmatched.First.Method} {unmatched.First.Path}",
                Message = unmatched.First.NearMiss ?? "No stub comes near.",
                Tests = unmatched.Tests,
                Point = unmatched.First.Point,
            });
        }
    }
}

internal sealed class UndeclaredCallRule() : Rule(
    "IK5003", "Undeclared network call", "The application called a host that no fixture declares: the tests depend on something outside. Declare a mock for it.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var (host, calls) in facts.UndeclaredHosts)
        {
            sink.Issue(new IssueDraft
            {
                Level = Level.Warning,
                Category = Category.Reliability,
                Subject = host.Split(':')[0],
                Title = $"The application calls {host}, which no fixture declares",
                Message = $"Called {Times(calls.Calls)} in {Tests(calls.TestCount)}.",
                Tests = calls,
            });
        }
    }
}

internal sealed class ServerErrorRule() : Rule(
    "IK6", "Undocumented server error", "The application answered 5xx where its description does not say so. Handle the error, or document the status.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var endpoint in facts.Endpoints.Values)
        {
            foreach (var group in endpoint.Answers.Where(a => a.Key.Status >= 500).GroupBy(a => a.Key.Status))
            {
                if (endpoint.Declaration?.Statuses?.Contains(group.Key) == true)
                {
                    continue;
                }

                var tests = new Tally();
                foreach (var answer in group)
                {
                    tests.Add(answer.Value);
                }

                var exception = endpoint.Exceptions.TryGetValue(group.Key, out var entry) ? entry.Exception : null;
                sink.Issue(new IssueDraft
                {
                    Level = exception is not null || group.Key == 500 ? Level.Warning : Level.Note,
                    Category = Category.Product,
                    Subject = $"{endpoint.Point}|{endpoint.Title}|{group.Key}",
                    Title = $"{endpoint.Title} answered {group.Key}",
                    Message = $"{Times(tests.Calls)} in {Tests(tests.TestCount)}, not documented."
                        + (exception is null ? "" : $" Unhandled: {FirstLine(exception)}"),
                    Tests = tests,
                    Point = endpoint.Point,
                });
            }
        }
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();
}

/// <summary>Asked only where the author documents errors at all: a framework default is no promise.</summary>
internal sealed class UndocumentedAnswerRule() : Rule(
    "IK21", "Undocumented answer", "The endpoint documents its errors, and answered with one it does not name. Document it.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var endpoint in facts.Endpoints.Values.Where(e => e.Declaration?.Statuses?.Any(status => status >= 400) == true))
        {
            var documented = endpoint.Declaration!.Statuses!;
            foreach (var group in endpoint.Answers.Where(a => IsNews(a.Key.Status, documented)).GroupBy(a => a.Key.Status))
            {
                var tests = new Tally();
                foreach (var answer in group)
                {
                    tests.Add(answer.Value);
                }

                sink.Issue(new IssueDraft
                {
                    Level = Level.Note,
                    Category = Category.Product,
                    Subject = $"{endpoint.Point}|{endpoint.Title}|{group.Key}",
                    Title = $"{endpoint.Title} answered {group.Key} without documenting it",
                    Message = $"{Times(tests.Calls)} in {Tests(tests.TestCount)}; documented are {string.Join(", ", documented.Order())}.",
                    Tests = tests,
                    Point = endpoint.Point,
                });
            }
        }
    }

    /// <summary>401, 403, 405 and 415 are the framework's answers, hardly ever documented.</summary>
    private static bool IsNews(int status, IReadOnlyList<int> documented) =>
        status is >= 400 and < 500 and not (401 or 403 or 405 or 415) && !documented.Contains(status);
}

internal sealed class LoggedProblemRule() : Rule(
    "IK19", "Problem logged in passed tests", "The tests pass while the application complains. Fix the cause, or assert that the complaint is expected.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var (key, log) in facts.Logs.Where(entry => !IsEchoOfSqlError(facts, entry.Value)))
        {
            var passed = new Tally();
            foreach (var test in log.Tests.Tests.Where(id => facts.Test(id)?.Status == TestStatus.Passed))
            {
                passed.Add(test);
            }

            var unattributed = log.Tests.TestCount == 0;
            if (passed.TestCount == 0 && !unattributed)
            {
                continue;
            }

            var serious = log.First.Level.Equals("error", StringComparison.OrdinalIgnoreCase) || log.First.Level.Equals("critical", StringComparison.OrdinalIgnoreCase);
            sink.Issue(new IssueDraft
            {
                Level = serious ? Level.Warning : Level.Note,
                Category = Category.Product,
                Subject = key,
                Title = $"{log.First.Category} logs {(serious ? "an error" : "a warning")} in {(unattributed ? "background work" : $"{Tests(passed.TestCount)} that {(passed.TestCount == 1 ? "passes" : "pass")}")}",
                Message = log.First.Message + (log.First.Exception is { } exception ? $" ({exception.Split('\n', 2)[0].TrimEnd()})" : ""),
                Tests = passed,
                Point = log.First.Point,
                Occurrences = (int)Math.Min(log.Tests.Calls, int.MaxValue),
            });
        }
    }

    /// <summary>
    /// Entity Framework logs every statement that the database refuses. A test that provokes a refusal, and passes, means it;
    /// the refusal itself is in the report.
    /// </summary>
    private static bool IsEchoOfSqlError(SuiteFacts facts, LogFacts log) =>
        log.First.Category.StartsWith("Microsoft.EntityFrameworkCore.", StringComparison.Ordinal)
        && log.Tests.TestCount > 0 && log.Tests.Tests.All(facts.TestIdsWithSqlErrors.Contains);
}

internal sealed class WorkflowWithoutPassRule() : Rule(
    "IK6002", "Workflow without a passing test", "Nothing proves that the workflow works.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        var byWorkflow = facts.Tests.Values
            .SelectMany(t => (t.Decisive.Case.Workflows ?? []).Select(w => (Workflow: w, Test: t)))
            .GroupBy(p => p.Workflow, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal);
        foreach (var workflow in byWorkflow.Where(g => g.All(p => p.Test.Status != TestStatus.Passed)))
        {
            var tests = new Tally();
            workflow.ToList().ForEach(p => tests.Add(p.Test.TestId));
            sink.Issue(new IssueDraft
            {
                Level = Level.Warning,
                Category = Category.Coverage,
                Subject = workflow.Key,
                Title = $"Workflow {workflow.Key} has no passing test",
                Message = $"{Tests(tests.TestCount)}, none passed.",
                Tests = tests,
            });
        }
    }
}
