using System.Collections.Concurrent;
using Xunit.Sdk;

namespace IntegrationKit.Attempts;

/// <summary>
/// Stands before the runner's sink while tests run more than once, and lets exactly one result per test through: of a
/// retried test the last attempt, of a repeated test the first failure, else the last repetition. Thread-safe.
/// </summary>
internal sealed class AttemptSink(IMessageSink inner, AttemptPlan plan) : IMessageSink
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, HeldTest> running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResultCounts> dropped = new(StringComparer.Ordinal);
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);
    private readonly ResultCounts totals = new();
    private readonly Dictionary<string, HeldTest> pending = new(StringComparer.Ordinal);
    private ITestAssemblyFinished? end;
    private volatile bool stopped;

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestAssemblyStarting when plan.Pass > 1:
                return !stopped;
            case ITestAssemblyFinished finished:
                return Hold(finished);
            case ITestMessage test when plan.PolicyOf(test.TestCaseUniqueID) is { } policy:
                return OnTest(test, policy);
            case IExecutionSummaryMetadata summary:
                TakeDropped(message, summary);
                return Forward(message);
            default:
                return Forward(message);
        }
    }

    /// <summary>The cases of the next pass; none when all is said.</summary>
    public IReadOnlyCollection<ITestCase> Next()
    {
        lock (gate)
        {
            // A row that a theory no longer has would be waited for in vain.
            var again = pending.Where(test => plan.PolicyOf(test.Value.CaseId)!.Attempts > plan.Pass)
                .Select(test => KeyValuePair.Create(test.Key, test.Value.CaseId)).ToArray();
            return stopped || again.Length == 0 ? [] : plan.Next(again);
        }
    }

    /// <summary>Ends the run for the runner. Tests whose next attempt never came count as their last one did.</summary>
    public ITestAssemblyFinished? Complete()
    {
        foreach (var (id, test) in pending)
        {
            if (reported.Add(id))
            {
                totals.Add(test.Result);
                test.Messages.ForEach(message => Forward(message));
            }
        }

        if (end is not null)
        {
            totals.WriteTo(end);
            Forward(end);
        }

        return end;
    }

    private bool OnTest(ITestMessage message, AttemptPolicy policy)
    {
        var testId = message.TestUniqueID;
        if (message is ITestStarting)
        {
            // The runner hears of the start once, of the first attempt.
            running[testId] = new HeldTest(message.TestCaseUniqueID);
            return plan.Pass > 1 ? !stopped : Forward(message);
        }

        if (!running.TryGetValue(testId, out var test))
        {
            return Forward(message);
        }

        test.Add(message);
        if (message is not ITestFinished)
        {
            return !stopped;
        }

        running.TryRemove(testId, out _);
        return Decide(testId, test, policy);
    }

    private bool Decide(string testId, HeldTest test, AttemptPolicy policy)
    {
        bool tells;
        lock (gate)
        {
            var wanted = plan.Wants(testId);
            var last = plan.Pass >= policy.Attempts || test.Result is ITestSkipped or ITestNotRun;
            var again = wanted && !last && (policy.Repeats || test.Failed);
            tells = wanted && (policy.Repeats ? test.Failed || last : !again) && reported.Add(testId);
            if (again)
            {
                pending[testId] = test;
            }
            else
            {
                pending.Remove(testId);
            }

            if (!tells)
            {
                Drop(test.Result);
            }
        }

        return tells ? test.Messages.TrueForAll(Forward) : !stopped;
    }

    private void Drop(ITestResultMessage? result)
    {
        if (result is null)
        {
            return;
        }

        foreach (var id in new[] { result.AssemblyUniqueID, result.TestCollectionUniqueID, result.TestClassUniqueID, result.TestMethodUniqueID, result.TestCaseUniqueID })
        {
            if (id is not null)
            {
                dropped.TryAdd(id, new ResultCounts());
                dropped[id].Add(result);
            }
        }
    }

    private bool Hold(ITestAssemblyFinished finished)
    {
        TakeDropped(finished.AssemblyUniqueID, finished);
        totals.Add(finished);
        end = finished;
        return !stopped;
    }

    private void TakeDropped(IMessageSinkMessage message, IExecutionSummaryMetadata summary)
    {
        var id = message switch
        {
            ITestCaseMessage testCase => testCase.TestCaseUniqueID,
            ITestMethodMessage method => method.TestMethodUniqueID,
            ITestClassMessage testClass => testClass.TestClassUniqueID,
            ITestCollectionMessage collection => collection.TestCollectionUniqueID,
            _ => null,
        };
        if (id is not null)
        {
            TakeDropped(id, summary);
        }
    }

    private void TakeDropped(string id, IExecutionSummaryMetadata summary)
    {
        lock (gate)
        {
            if (dropped.Remove(id, out var counts))
            {
                counts.TakeFrom(summary);
            }
        }
    }

    private bool Forward(IMessageSinkMessage message)
    {
        var goOn = inner.OnMessage(message);
        stopped |= !goOn;
        return goOn;
    }
}
