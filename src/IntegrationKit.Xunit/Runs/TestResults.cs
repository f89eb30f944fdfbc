using IntegrationKit.Journal;
using Xunit.Sdk;

namespace IntegrationKit.Runs;

/// <summary>xUnit's results in the journal's words: an assertion failed, or something else went wrong (error).</summary>
internal static class TestResults
{
    /// <summary>A test that nobody is going to read in full keeps less of its output.</summary>
    private const int PassedOutput = 64 * 1024;
    private const int FailedOutput = 256 * 1024;

    public static TestFinished Of(ITestResultMessage message, RunningTest test)
    {
        var (status, raw, reason) = message switch
        {
            ITestPassed => (TestStatus.Passed, "passed", null),
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
            Output = Cut(message.Output, status == TestStatus.Passed ? PassedOutput : FailedOutput),
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

    /// <summary>Keeps the beginning and the end, where the interesting lines are.</summary>
    private static string? Cut(string? text, int limit)
    {
        if (text is null || text.Length <= limit)
        {
            return string.IsNullOrEmpty(text) ? null : text;
        }

        var head = limit / 4;
        var tail = limit - head;
        var dropped = text.Length - head - tail;
        return $"{text[..head]}\n[… {dropped} characters of output dropped …]\n{text[^tail..]}";
    }
}
