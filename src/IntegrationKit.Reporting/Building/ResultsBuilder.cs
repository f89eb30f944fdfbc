using System.Globalization;
using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Building;

internal static class ResultsBuilder
{
    public static ResultsSection Build(SuiteFacts facts, TextLimits limits)
    {
        var envelope = new Envelope(facts);
        var tests = facts.Tests.Values.Select(t => Test(t, envelope, limits)).Concat(NeverStartedTests.Of(facts, envelope))
            .OrderBy(t => t.Assembly, StringComparer.Ordinal).ThenBy(t => t.ClassName, StringComparer.Ordinal)
            .ThenBy(t => t.MethodName, StringComparer.Ordinal).ThenBy(t => t.Name, StringComparer.Ordinal)
            .ThenBy(t => t.TestId, StringComparer.Ordinal).ThenBy(t => t.TargetFramework, StringComparer.Ordinal)
            .ToList();
        return new ResultsSection { Summary = Summarise(facts, tests), Suites = [.. Suites(tests)], Tests = tests };
    }

    private static Summary Summarise(SuiteFacts facts, List<TestResult> tests) => new()
    {
        TestCases = facts.Runs.Sum(r => r.Planned?.TestCases ?? r.PlannedCases),
        Tests = tests.Count,
        Passed = tests.Count(t => t.Status == TestStatus.Passed),
        Failed = tests.Count(t => t.Status == TestStatus.Failed),
        Error = tests.Count(t => t.Status == TestStatus.Error),
        Skipped = tests.Count(t => t.Status == TestStatus.Skipped),
        NotRun = tests.Count(t => t.Status == TestStatus.NotRun),
        Flaky = tests.Count(t => t.Flaky),
        DurationUs = tests.Sum(t => t.DurationUs),
        WallUs = facts.Runs.Count == 0 ? 0 : facts.Runs.Max(r => r.LastUs),
    };

    private static IEnumerable<Suite> Suites(List<TestResult> tests) =>
        tests.GroupBy(t => (t.Assembly, t.ClassName)).Select(g => new Suite(
            g.Key.ClassName, g.Key.Assembly, g.Count(),
            g.Count(t => t.Status == TestStatus.Passed), g.Count(t => t.Status == TestStatus.Failed),
            g.Count(t => t.Status == TestStatus.Error), g.Count(t => t.Status == TestStatus.Skipped),
            g.Count(t => t.Status == TestStatus.NotRun), g.Sum(t => t.DurationUs)));

    private static TestResult Test(TestFacts test, Envelope envelope, TextLimits limits)
    {
        var execution = test.Decisive;
        var testCase = execution.Case;
        var finished = execution.Finished;
        return new TestResult
        {
            TestId = test.TestId,
            ExecutionId = envelope.ExecutionId(test.TestId, execution.Run, execution.Attempt),
            Name = execution.Name,
            Assembly = test.Key.Assembly,
            TargetFramework = envelope.Framework(test.Key.TargetFramework),
            ClassName = testCase.ClassName,
            MethodName = testCase.MethodName,
            Source = NeverStartedTests.Source(testCase),
            Parameters = Some(execution.Parameters?.Select(p => new Parameter(p.Name, p.Value))),
            Categories = Some(testCase.Categories),
            Labels = NeverStartedTests.Labels(testCase.Traits),
            WorkflowIds = Some(testCase.Workflows),
            Status = execution.Status,
            RawStatus = execution.RawStatus == execution.Status ? null : execution.RawStatus,
            Reason = finished?.Reason,
            StartOffsetUs = execution.StartUs,
            DurationUs = finished?.DurationUs ?? Math.Max(0, execution.Run.LastUs - execution.StartUs),
            SetupUs = finished?.SetupUs ?? 0,
            Error = finished is null
                ? InFlight(execution)
                : Failure(finished.Error, execution.Fingerprint, limits),
            Attempts = Attempts(test, execution, limits),
            Flaky = test.Flaky,
            Steps = execution.Steps,
            Interactions = Interactions(execution),
            Output = limits.Output(finished),
            Attachments = Some(finished?.Attachments?.Where(a => AttachmentPath.IsOwn(a.Path)).Select(a => new Attachment(a.Name, a.ContentType, a.Path, a.Bytes, a.Sha256))),
            Warnings = Some(finished?.Warnings),
        };
    }

    private static Failure InFlight(ExecutionFacts execution) => new()
    {
        Type = "interrupted",
        Message = $"The test was running when the run was interrupted{(execution.Steps is { Count: > 0 } ? $", after step '{execution.Steps[^1].Name}'" : "")}.",
    };

    private static Failure? Failure(TestError? error, string? fingerprint, TextLimits limits)
    {
        if (error is null)
        {
            return null;
        }

        limits.Note(error);
        var differs = ExpectedActual.TryRead(error.Message, out var expected, out var actual);
        return new Failure
        {
            Type = error.Type,
            Message = error.Message,
            Expected = differs ? expected : null,
            Actual = differs ? actual : null,
            Stack = error.Stack,
            Inner = Some(error.Inner?.Select(inner => Failure(inner, null, limits)!)),
            Fingerprint = fingerprint,
        };
    }

    private static List<Attempt>? Attempts(TestFacts test, ExecutionFacts decisive, TextLimits limits) => test.Executions.Count < 2 ? null :
    [
        .. test.Executions.Where(e => e != decisive).Select(e => new Attempt(
            $"{test.TestId}@{e.Run.Started?.RunId}.{e.Attempt.ToString(CultureInfo.InvariantCulture)}",
            e.Status, e.Finished?.DurationUs ?? 0, Failure(e.Finished?.Error, e.Fingerprint, limits))),
    ];

    private static InteractionSummary? Interactions(ExecutionFacts execution)
    {
        if (execution.InteractionCount == 0)
        {
            return null;
        }

        var items = execution.Interactions!;
        return new InteractionSummary(
            execution.InteractionCount,
            execution.CallsByPoint ?? [],
            execution.InteractionCount - items.Count,
            items.Count == 1 ? items : [.. items.OrderBy(i => i.StartOffsetUs)]);
    }

    private static List<T>? Some<T>(IEnumerable<T>? items) => items?.ToList() is { Count: > 0 } list ? list : null;
}
