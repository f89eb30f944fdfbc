using IntegrationKit.Fixtures;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Runs;
using Xunit;
using Xunit.Sdk;

namespace IntegrationKit.Framework;

/// <summary>What happens around a test, on the test's own thread.</summary>
internal static class TestHooks
{
    private static readonly AssertionScan Assertions = new();

    public static void Before(ITest test)
    {
        if (IntegrationRun.Current is { } run)
        {
            LeaveOutUncounted(run, test);
            run.StayIfAborted();
        }
    }

    /// <summary>Gives the test a clean lane of every fixture its class takes.</summary>
    public static void Lease(ITest test, object?[] constructorArguments)
    {
        if (IntegrationRun.Current is not { } run)
        {
            return;
        }

        LeaveOutUncounted(run, test);
        foreach (var argument in constructorArguments)
        {
            if (argument is IntegrationFixture fixture)
            {
                Lease(run, run.Tests.Begin(test), fixture);
            }
        }
    }

    private static void Lease(IntegrationRun run, RunningTest running, IntegrationFixture fixture)
    {
        try
        {
            running.Scope.Items.GetOrAdd(
                fixture,
                _ => Blocking.Run(() => fixture.BeginAsync(running.Scope, TestContext.Current.CancellationToken)));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            running.EnvironmentFailure = exception;
            run.Tests.FixtureFailed(fixture, exception);
            throw;
        }
    }

    public static void After(ITest test)
    {
        if (IntegrationRun.Current?.Tests.Find(test.UniqueID) is not { } running)
        {
            return;
        }

        running.Scope.HasEnded = true;
        running.TimedOut = TestContext.Current.TestState?.FailureCause == FailureCause.Timeout;
        if (!running.TimedOut && running.Scope.HasItems)
        {
            EndLeases(test, running); // after a timeout the body may still be running: its lane is thrown away at the end
        }
    }

    private static void EndLeases(ITest test, RunningTest running)
    {
        foreach (var lease in running.Leases)
        {
            Blocking.Run(() => lease.EndAsync(CancellationToken.None));
        }

        if (TestContext.Current.TestState?.Result == TestResult.Passed && running.Leases.Any())
        {
            NoteIfNothingAsserts(test, running);
        }
    }

    private static void NoteIfNothingAsserts(ITest test, RunningTest running)
    {
        if (XunitMembers.TestMethod.Of(test) is { } testMethod
            && XunitMembers.Method.Of(testMethod) is { } method && !Assertions.MayFail(method))
        {
            Recorder.Observe(new IssueObserved
            {
                Rule = "IK18",
                Level = "note",
                Category = "test",
                Origin = Origin.Kit,
                Title = $"{method.DeclaringType?.FullName}.{method.Name} asserts nothing",
                Message = "Nothing it calls can fail it.",
                Test = running.Scope.Execution,
            });
        }
    }

    /// <summary>Skips what comes along with another row of its theory; nobody gets to see this skip.</summary>
    private static void LeaveOutUncounted(IntegrationRun run, ITest test)
    {
        if (!run.Tests.Counts(test.UniqueID))
        {
            throw new InvalidOperationException("$XunitDynamicSkip$Only another row of this theory is run again.");
        }
    }
}
