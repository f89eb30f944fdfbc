using IntegrationKit.Journal;
using Xunit.Sdk;

namespace IntegrationKit.Runs;

/// <summary>xUnit's results in the journal's words: an assertion failed, or something else went wrong (error).</summary>
internal static class TestResults
{
    public static TestFinished Of(ITestResultMessage message, RunningTest test)
    {
        (string status, string? raw, string? reason) = message switch
        {
            ITestPassed => (TestStatus.Passed, null, null),
            ITestSkipped skipped => (TestStatus.Skipped, "skipped", skipped.Reason),
            ITestNotRun => (TestStatus.NotRun, "explicit", null),
            ITestFailed failed => Failure(failed, test),
            _ => (TestStatus.Error, "unknown", (string?)null),
        };
        return new TestFinished
        {
            Execution = test.Scope.Execution,
            Status = status,
            RawStatus = raw,
            Reason = reason,
            DurationUs = (long)(message.ExecutionTime * 1_000_000),
            SetupUs = test.Scope.SetupUs,
            Error = message is ITestFailed error ? Errors.From(error) : null,
            Output = string.IsNullOrEmpty(message.Output) ? null : message.Output,
            Warnings = message.Warnings,
        };
    }

    private static (string Status, string Raw, string? Reason) Failure(ITestFailed failed, RunningTest test)
    {
        if (test.EnvironmentFailure is not null || failed.ExceptionTypes is ["Xunit.Sdk.TestPipelineException", ..])
        {
            return (TestStatus.Error, "fixture_failed", null);
        }

        return failed.Cause switch
        {
            FailureCause.Exception when IsAssertion(failed) => (TestStatus.Failed, "assertion", null),
            FailureCause.Assertion => (TestStatus.Failed, "assertion", null),
            FailureCause.Timeout => (TestStatus.Error, "timeout", null),
            _ => (TestStatus.Error, "exception", null),
        };
    }

    /// <summary>Assertion libraries that do not know xUnit v3 throw their own type, which xUnit counts as any exception.</summary>
    private static bool IsAssertion(ITestFailed failed) =>
        failed.ExceptionTypes is [{ } type, ..] && type[(type.LastIndexOf('.') + 1)..].Contains("Assert", StringComparison.Ordinal);
}
