using IntegrationKit.Journal;
using Xunit.Sdk;

namespace IntegrationKit.Runs;

/// <summary>xUnit's results in the journal's words: an assertion failed, or something else went wrong (error).</summary>
internal static class TestResults
{
    public static TestFinished Of(ITestResultMessage message, RunningTest test) => message switch
    {
        ITestPassed => Result(message, test, TestStatus.Passed),
        ITestSkipped skipped => Result(message, test, TestStatus.Skipped) with { RawStatus = "skipped", Reason = skipped.Reason },
        ITestNotRun => Result(message, test, TestStatus.NotRun) with { RawStatus = "explicit" },
        ITestFailed failed => Failure(failed, test),
        _ => Result(message, test, TestStatus.Error) with { RawStatus = "unknown" },
    };

    private static TestFinished Result(ITestResultMessage message, RunningTest test, string status) => new()
    {
        Execution = test.Scope.Execution,
        Status = status,
        DurationUs = (long)(message.ExecutionTime * 1_000_000),
        SetupUs = test.Scope.SetupUs,
        Output = message.Output is { Length: > 0 } output ? output : null,
        Warnings = message.Warnings,
    };

    private static TestFinished Failure(ITestFailed failed, RunningTest test)
    {
        var raw = RawStatus(failed, test);
        return Result(failed, test, raw == "assertion" ? TestStatus.Failed : TestStatus.Error) with { RawStatus = raw, Error = Errors.From(failed) };
    }

    private static string RawStatus(ITestFailed failed, RunningTest test)
    {
        if (test.EnvironmentFailure is not null || failed.ExceptionTypes is ["Xunit.Sdk.TestPipelineException", ..])
        {
            return "fixture_failed";
        }

        return failed.Cause switch
        {
            FailureCause.Exception when IsAssertion(failed) => "assertion",
            FailureCause.Assertion => "assertion",
            FailureCause.Timeout => "timeout",
            _ => "exception",
        };
    }

    /// <summary>Assertion libraries that do not know xUnit v3 throw their own type, which xUnit counts as any exception.</summary>
    private static bool IsAssertion(ITestFailed failed) =>
        failed.ExceptionTypes is [{ } type, ..] && type[(type.LastIndexOf('.') + 1)..].Contains("Assert", StringComparison.Ordinal);
}
