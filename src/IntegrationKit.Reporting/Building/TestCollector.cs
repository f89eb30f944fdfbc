using System.Globalization;
using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Building;

/// <summary>Tests, their executions and steps; planned cases that never started.</summary>
internal sealed class TestCollector(SuiteFacts facts, RunFacts run)
{
    /// <summary>The same query text this often inside one request is a query in a loop.</summary>
    public const int RepeatedQueryThreshold = 5;

    private readonly Dictionary<string, TestCasePlanned> plannedCases = new(StringComparer.Ordinal);
    private readonly HashSet<string> startedCases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExecutionFacts> executions = new(StringComparer.Ordinal);

    public ExecutionFacts? Find(string execution) => executions.GetValueOrDefault(execution);

    public void Add(JournalEvent journalEvent)
    {
        switch (journalEvent)
        {
            case TestCasePlanned e:
                plannedCases[e.CaseId] = Pooled(e);
                break;
            case TestStarted e:
                Start(e);
                break;
            case TestFinished e:
                Finish(e);
                break;
            case FixtureFailed e:
                run.FixtureFailures.Add(e);
                break;
            case StepFinished e when Find(e.Test) is { } execution:
                execution.Note(new Step(facts.Pool.Get(e.Name), facts.Pool.Get(e.Status), e.StartUs, e.DurationUs));
                break;
        }
    }

    /// <summary>Tests in flight stay without an end.</summary>
    public void Complete()
    {
        foreach (var execution in executions.Values)
        {
            FindRepeatedQueries(execution);
        }

        run.InFlight = [.. executions.Values.Where(execution => execution.InFlight)];
        run.PlannedCases = plannedCases.Count;
        run.NeverStarted = run.Interrupted || IsAsPlanned ? [.. plannedCases.Values.Where(planned => !startedCases.Contains(planned.CaseId))] : [];
    }

    /// <summary>
    /// False when the framework ran cases it had not announced, or lines are missing: then nobody can say that one of those it
    /// had announced never began.
    /// </summary>
    private bool IsAsPlanned => plannedCases.Count <= run.Planned?.TestCases && run.UnreadableLines + run.MissingSequences == 0;

    private void Start(TestStarted started)
    {
        TestCasePlanned? planned = null;
        if (started.CaseId is not null)
        {
            plannedCases.TryGetValue(started.CaseId, out planned);
            startedCases.Add(planned?.CaseId ?? started.CaseId);
        }

        var key = Key(started);
        if (!facts.Tests.TryGetValue(key, out var test))
        {
            test = facts.AddTest(key);
        }

        var described = started.Of(planned);
        var execution = new ExecutionFacts(test, started, ReferenceEquals(described, planned) ? planned : Pooled(described), run);
        test.Executions.Add(execution);
        executions[started.Execution] = execution;
    }

    private TestCasePlanned Pooled(TestCasePlanned planned) => planned with
    {
        ClassName = facts.Pool.Get(planned.ClassName),
        Categories = facts.Pool.Get(planned.Categories),
        Workflows = facts.Pool.Get(planned.Workflows),
        Traits = planned.Traits is { Count: 0 } ? null : planned.Traits,
        SourcePath = facts.Pool.Get(planned.SourcePath),
    };

    /// <summary>
    /// Two executions of one id in one journal are attempts when their attempt numbers differ; else they are two rows of
    /// a theory with equal arguments, and the later ones are numbered.
    /// </summary>
    private TestKey Key(TestStarted started)
    {
        var id = started.TestId;
        for (var number = 2; ; number++)
        {
            var key = new TestKey(run.Assembly, run.Started?.TargetFramework, id);
            if (!facts.Tests.TryGetValue(key, out var test)
                || !test.Executions.Exists(e => e.Run == run && e.Attempt == started.Attempt))
            {
                return key;
            }

            id = started.TestId + "-" + number.ToString(CultureInfo.InvariantCulture);
            facts.DuplicateTests.Add(id);
        }
    }

    private void Finish(TestFinished finished)
    {
        // A skipped test may be reported without ever having started; the recorder then writes both.
        if (Find(finished.Execution) is not { } execution)
        {
            return;
        }

        // Every line brings its own copy of these texts; the id of the execution is of no more use.
        execution.Finished ??= finished with { Execution = execution.Test.TestId, Status = facts.Pool.Get(finished.Status), RawStatus = facts.Pool.Get(finished.RawStatus) };
        FindRepeatedQueries(execution);
        if (finished.Error is not null)
        {
            execution.Fingerprint ??= Fingerprints.Of(finished.Error);
        }
    }

    private static void FindRepeatedQueries(ExecutionFacts execution)
    {
        foreach (var (endpoint, text, count) in execution.Windows?.Repeated(RepeatedQueryThreshold) ?? [])
        {
            var known = endpoint.RepeatedQueries.TryGetValue(text, out var entry) ? entry : (Tally: new Tally(), Most: 0);
            known.Tally.Add(execution.Test.TestId);
            endpoint.RepeatedQueries[text] = (known.Tally, Math.Max(known.Most, count));
        }

        execution.Windows = null;
    }
}
