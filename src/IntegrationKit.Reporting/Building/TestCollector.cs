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

    public void Add(JournalEvent journalEvent)
    {
        switch (journalEvent)
        {
            case TestCasePlanned e:
                run.PlannedCases[e.CaseId] = e;
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
            case StepFinished e when run.Executions.TryGetValue(e.Test, out var execution):
                execution.Note(new Step(facts.Pool.Get(e.Name), facts.Pool.Get(e.Status), e.StartUs, e.DurationUs));
                break;
        }
    }

    /// <summary>Tests in flight stay without an end.</summary>
    public void Complete()
    {
        foreach (var execution in run.Executions.Values)
        {
            FindRepeatedQueries(execution);
        }

        run.Executions.TrimExcess();
    }

    private void Start(TestStarted started)
    {
        if (started.CaseId is not null)
        {
            run.StartedCases.Add(started.CaseId);
        }

        var key = Key(started);
        if (!facts.Tests.TryGetValue(key, out var test))
        {
            test = facts.AddTest(key);
        }

        var execution = new ExecutionFacts(test, Pooled(started), run);
        test.Executions.Add(execution);
        run.Executions[started.Execution] = execution;
    }

    private TestStarted Pooled(TestStarted started) => started with
    {
        CaseId = null,
        ClassName = facts.Pool.Get(started.ClassName),
        SourcePath = facts.Pool.Get(started.SourcePath),
        Collection = null,
        Workflows = facts.Pool.Get(started.Workflows),
        Categories = facts.Pool.Get(started.Categories),
        Parameters = started.Parameters is { Count: 0 } ? null : started.Parameters,
        Traits = started.Traits is { Count: 0 } ? null : started.Traits,
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
                || !test.Executions.Exists(e => e.Run == run && e.Started.Attempt == started.Attempt))
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
        if (!run.Executions.TryGetValue(finished.Execution, out var execution))
        {
            return;
        }

        execution.Finished ??= finished with { Execution = execution.Started.Execution, Status = facts.Pool.Get(finished.Status), RawStatus = facts.Pool.Get(finished.RawStatus) };
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
