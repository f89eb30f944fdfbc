using IntegrationKit.Facts;
using IntegrationKit.Identity;
using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Building;

/// <summary>Planned cases of which no journal knows a start: an interrupted run, or a runner that stopped before them.</summary>
internal static class NeverStartedTests
{
    public const string Interrupted = "aborted";
    public const string NotReached = "not_started";

    public static IEnumerable<TestResult> Of(SuiteFacts facts, Envelope envelope)
    {
        if (facts.Runs.All(run => run.NeverStarted.Count == 0))
        {
            yield break;
        }

        var started = facts.Tests.Values.Select(t => (t.Key.Assembly, t.Decisive.Case.ClassName, t.Name)).ToHashSet();
        HashSet<string> reported = new(StringComparer.Ordinal);
        foreach (var run in facts.Runs)
        {
            foreach (var planned in run.NeverStarted)
            {
                var id = IdOf(run.Assembly, planned);
                if (!started.Contains((run.Assembly, planned.ClassName, planned.Name)) && facts.Test(id) is null && reported.Add(id))
                {
                    yield return Result(run, planned, id, envelope);
                }
            }
        }
    }

    public static TestSource? Source(TestCasePlanned testCase) => testCase.SourcePath is null ? null : new TestSource(testCase.SourcePath, testCase.SourceLine);

    public static SortedDictionary<string, IReadOnlyList<string>>? Labels(IReadOnlyDictionary<string, IReadOnlyList<string>>? traits)
    {
        if (traits is not { Count: > 0 })
        {
            return null;
        }

        var labels = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, values) in traits)
        {
            labels[name] = [.. values.Order(StringComparer.Ordinal)];
        }

        return labels;
    }

    private static TestResult Result(RunFacts run, TestCasePlanned planned, string id, Envelope envelope) => new()
    {
        TestId = id,
        ExecutionId = envelope.ExecutionId(id, run, 1),
        Name = planned.Name,
        Assembly = run.Assembly,
        TargetFramework = envelope.Framework(run.Started?.TargetFramework),
        ClassName = planned.ClassName,
        MethodName = planned.MethodName,
        Source = Source(planned),
        Categories = planned.Categories is { Count: > 0 } categories ? categories : null,
        Labels = Labels(planned.Traits),
        WorkflowIds = planned.Workflows is { Count: > 0 } workflows ? workflows : null,
        Status = TestStatus.NotRun,
        RawStatus = run.Interrupted ? Interrupted : NotReached,
        Reason = run.Interrupted ? "The run was interrupted before this test started." : "The runner ended the run before this test started.",
    };

    /// <summary>
    /// The id the test has when it runs: a row has its own, and a method without arguments needs none. The name of a theory
    /// whose rows nobody has looked up has no argument either; no test of its own has that id.
    /// </summary>
    private static string IdOf(string assembly, TestCasePlanned planned) => planned.TestId
        ?? (planned.MethodName is { } method && !planned.Name.Contains('(', StringComparison.Ordinal)
            ? TestIds.For($"{assembly}\n{planned.ClassName}\n{method}()\n", [])
            : "c1-" + TestIds.Digest($"{assembly}\n{planned.ClassName}\n{planned.MethodName}\n{planned.Name}", 20));
}
