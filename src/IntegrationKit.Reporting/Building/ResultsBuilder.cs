using System.Globalization;
using System.Text.RegularExpressions;
using IntegrationKit.Facts;
using IntegrationKit.Identity;
using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Building;

internal static partial class ResultsBuilder
{
    public static ResultsSection Build(SuiteFacts facts, TextLimits limits)
    {
        var envelope = new Envelope(facts);
        var tests = facts.Tests.Values.Select(t => Test(t, envelope, limits)).Concat(NeverStarted(facts, envelope))
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
        var bad = test.IsBad;
        return new TestResult
        {
            TestId = test.TestId,
            ExecutionId = envelope.ExecutionId(test.TestId, execution.Run, execution.Attempt),
            Name = execution.Name,
            Assembly = test.Key.Assembly,
            TargetFramework = envelope.Framework(test.Key.TargetFramework),
            ClassName = testCase.ClassName,
            MethodName = testCase.MethodName,
            Source = Source(testCase),
            Parameters = Some(execution.Parameters?.Select(p => new Parameter(p.Name, p.Value))),
            Categories = Some(testCase.Categories),
            Labels = Labels(testCase.Traits),
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
            Output = limits.Cut(finished?.Output, bad ? TextLimits.FailedOutput : TextLimits.PassedOutput, "testResults.tests[].output"),
            Attachments = Some(finished?.Attachments?.Select(a => new Attachment(a.Name, a.ContentType, a.Path, a.Bytes, a.Sha256))),
            Warnings = Some(finished?.Warnings),
        };
    }

    private static TestSource? Source(TestCasePlanned testCase) => testCase.SourcePath is null ? null : new TestSource(testCase.SourcePath, testCase.SourceLine);

    /// <summary>Planned cases of which no journal knows a start: an interrupted run, or cases the runner dropped.</summary>
    private static IEnumerable<TestResult> NeverStarted(SuiteFacts facts, Envelope envelope)
    {
        if (facts.Runs.All(run => run.NeverStarted.Count == 0))
        {
            yield break;
        }

        var started = facts.Tests.Values.Select(t => (t.Key.Assembly, t.Decisive.Case.ClassName, t.Name)).ToHashSet();
        HashSet<string> reported = new(StringComparer.Ordinal);
        foreach (var run in facts.Runs)
        {
            foreach (var planned in run.NeverStarted)
            {
                var id = "c1-" + TestIds.Digest($"{run.Assembly}\n{planned.ClassName}\n{planned.MethodName}\n{planned.Name}", 20);
                if (!started.Contains((run.Assembly, planned.ClassName, planned.Name)) && reported.Add(id))
                {
                    yield return new TestResult
                    {
                        TestId = id,
                        ExecutionId = envelope.ExecutionId(id, run, 1),
                        Name = planned.Name,
                        Assembly = run.Assembly,
                        TargetFramework = envelope.Framework(run.Started?.TargetFramework),
                        ClassName = planned.ClassName,
                        MethodName = planned.MethodName,
                        Source = Source(planned),
                        Categories = Some(planned.Categories),
                        Labels = Labels(planned.Traits),
                        WorkflowIds = Some(planned.Workflows),
                        Status = TestStatus.NotRun,
                        RawStatus = "aborted",
                        Reason = "The run was interrupted before this test started.",
                    };
                }
            }
        }
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

        var match = ExpectedActual().Match(error.Message.Length > TextLimits.Message ? error.Message[..TextLimits.Message] : error.Message);
        return new Failure
        {
            Type = error.Type,
            Message = limits.Cut(error.Message, TextLimits.Message, "testResults.tests[].error.message")!,
            Expected = match.Success ? match.Groups["expected"].Value.Trim() : null,
            Actual = match.Success ? match.Groups["actual"].Value.Trim() : null,
            Stack = limits.Cut(error.Stack, TextLimits.Stack, "testResults.tests[].error.stack"),
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

    private static SortedDictionary<string, IReadOnlyList<string>>? Labels(IReadOnlyDictionary<string, IReadOnlyList<string>>? traits)
    {
        if (traits is not { Count: > 0 })
        {
            return null;
        }

        var labels = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, values) in traits)
        {
            labels[name] = [.. values.Order(StringComparer.Ordinal)];
        }

        return labels;
    }

    private static List<T>? Some<T>(IEnumerable<T>? items) => items?.ToList() is { Count: > 0 } list ? list : null;

    /// <summary>Without the arrows with which xUnit points at the first difference of two texts.</summary>
    [GeneratedRegex(@"^Expected:\s(?<expected>.*?)\r?\n\s*Actual:\s(?<actual>.*?)(\r?\n\s*↑ \(pos \d+\)\s*)?\z", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.Multiline, 1000)]
    private static partial Regex ExpectedActual();
}
