using IntegrationKit.Fixtures;
using IntegrationKit.Runs;
using Xunit;
using Xunit.Sdk;

namespace IntegrationKit.Framework;

/// <summary>What happens around a test, on the test's own thread.</summary>
internal static class TestHooks
{
    public static void Before(ITest test) => IntegrationRun.Current?.Tests.Begin(test);

    /// <summary>Gives the test a clean lane of every fixture its class takes.</summary>
    public static void Lease(ITest test, IEnumerable<object?> constructorArguments)
    {
        if (IntegrationRun.Current?.Tests.Begin(test) is not { } running)
        {
            return;
        }

        foreach (var fixture in constructorArguments.OfType<IntegrationFixture>())
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
                IntegrationRun.Current?.Tests.FixtureFailed(fixture, exception);
                throw;
            }
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
        if (running.TimedOut)
        {
            return; // the body may still be running: its lane is thrown away when the test has finished
        }

        foreach (var lease in running.Leases)
        {
            Blocking.Run(() => lease.EndAsync(CancellationToken.None));
        }
    }
}
