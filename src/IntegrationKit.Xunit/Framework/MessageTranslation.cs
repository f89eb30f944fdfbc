using System.Collections.Concurrent;
using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Runs;
using Xunit;
using Xunit.Sdk;

namespace IntegrationKit.Framework;

/// <summary>Turns xUnit's messages into journal events. Asks for interfaces only: other frameworks have their own classes. Thread-safe.</summary>
internal sealed class MessageTranslation(IntegrationRun run)
{
    private readonly ConcurrentDictionary<string, ITestCaseMetadata> cases = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ITestMetadata> starting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> pipelineFailures = new(StringComparer.Ordinal);

    /// <summary>The messages of one test come one after the other.</summary>
    public void Observe(IMessageSinkMessage message)
    {
        if (!run.Tests.AllCount && message is ITestMessage test && !run.Tests.Counts(test.TestUniqueID))
        {
            return;
        }

        switch (message)
        {
            case ITestStarting start:
                Starting(start);
                break;
            case ITestPassed or ITestFailed or ITestSkipped or ITestNotRun:
                Result((ITestResultMessage)message);
                break;
            case ITestFinished finished:
                Finished(finished);
                break;
            case ITestCaseStarting start:
                cases[start.TestCaseUniqueID] = start;
                break;
            case ITestCaseFinished finished:
                cases.TryRemove(finished.TestCaseUniqueID, out _);
                break;
            case ITestAssemblyStarting assembly:
                Configured(assembly);
                break;
            case ITestAssemblyFinished finished:
                run.Summary = finished;
                break;
            case IErrorMetadata error:
                Failure(message, error);
                break;
        }
    }

    private static void Configured(ITestAssemblyStarting assembly) => Recorder.Observe(new RunConfigured
    {
        TestFramework = assembly.TestFrameworkDisplayName,
        Parallelism = assembly.TestEnvironment,
        Seed = assembly.Seed,
    });

    /// <summary>
    /// The test itself has the arguments of its row: with them it has the same id whether it runs or is skipped. Where there
    /// is none (its fixture failed, or the framework does not name the current one), its messages have to do.
    /// </summary>
    private void Starting(ITestStarting start)
    {
        if (TestContext.Current.Test is { } test && test.UniqueID == start.TestUniqueID)
        {
            run.Tests.Begin(test);
        }
        else
        {
            starting[start.TestUniqueID] = start;
        }
    }

    private void Result(ITestResultMessage message)
    {
        var test = run.Tests.Find(message.TestUniqueID)
            ?? run.Tests.Begin(message.TestUniqueID, starting[message.TestUniqueID], cases[message.TestCaseUniqueID]);
        test.Result = TestResults.Of(message, test);
        if (message is ITestFailed failed)
        {
            Failed(test, failed);
        }
    }

    private void Failed(RunningTest test, ITestFailed message)
    {
        test.Scope.HasFailed = true;
        test.TimedOut |= message.Cause == FailureCause.Timeout;
        if (message.ExceptionTypes is ["Xunit.Sdk.TestPipelineException", ..] && pipelineFailures.TryAdd(message.Messages[0] ?? "", ""))
        {
            Recorder.Observe(new FixtureFailed
            {
                Scope = "fixture",
                Name = message.Messages[0] ?? "",
                Phase = "initialize",
                Error = Errors.From(message),
            });
        }
    }

    private void Finished(ITestFinished message)
    {
        starting.TryRemove(message.TestUniqueID, out _);
        if (run.Tests.Find(message.TestUniqueID) is not { } test)
        {
            return;
        }

        try
        {
            if (test.Result is { } result)
            {
                Recorder.Observe(run.Attachments.Add(result, message.Attachments));
            }
        }
        finally
        {
            run.Tests.Forget(test);
            run.Release(test);
        }
    }

    private static void Failure(IMessageSinkMessage message, IErrorMetadata error)
    {
        var (scope, name) = message switch
        {
            ITestCleanupFailure => ("test", ""),
            ITestCaseCleanupFailure => ("case", ""),
            ITestMethodCleanupFailure => ("method", ""),
            ITestClassCleanupFailure => ("class", ""),
            ITestCollectionCleanupFailure => ("collection", ""),
            ITestAssemblyCleanupFailure => ("assembly", ""),
            _ => (null, ""),
        };
        if (scope is not null)
        {
            Recorder.Observe(new FixtureFailed { Scope = scope, Name = name, Phase = "cleanup", Error = Errors.From(error) });
            return;
        }

        Recorder.Observe(new IssueObserved
        {
            Rule = "IK1003",
            Level = "error",
            Category = "environment",
            Title = "The test runner reported a fatal error",
            Message = Errors.From(error) is var fatal ? $"{fatal.Type}: {fatal.Message}" : "",
            Origin = Origin.Kit,
        });
    }
}
