using IntegrationKit.Facts;
using IntegrationKit.Model;

namespace IntegrationKit.Comparing;

/// <summary>
/// Replaces what differs from run to run by placeholders: times, ids of runs and journals, places, generated names. Two
/// runs with the same outcomes are then the same bytes in every format.
/// </summary>
internal static class Normalizer
{
    private const string Id = "00000000-0000-8000-8000-000000000000";

    public static IntegrationReport Apply(IntegrationReport report) => report with
    {
        ReportId = Id,
        RunId = "run",
        StartedAt = DateTimeOffset.UnixEpoch,
        Shards = [.. report.Shards.Select(s => new { s.Assembly, s.TargetFramework, s.State }).Distinct()
            .Select(s => new Shard { Assembly = s.Assembly, TargetFramework = s.TargetFramework, State = s.State, RunId = "run", Digest = "" })],
        TestScope = report.TestScope with { Filters = report.TestScope.Filters with { Shard = null } },
        TestEnvironment = Environment(report.TestEnvironment),
        TestsWritten = report.TestsWritten with { New = null, Removed = null, NotSelected = null },
        TestResults = Results(report.TestResults),
        Issues = [.. report.Issues.Where(IsOfOutcomes).Select(Issue)],
        Recommendations = [.. report.Recommendations.Select(r => r with { Because = Fingerprints.Normalise(r.Because) })],
        Rules = [.. report.Rules.Where(rule => report.Recommendations.Any(r => r.RuleId == rule.Id) || report.Issues.Any(i => i.RuleId == rule.Id && IsOfOutcomes(i)))],
        Baseline = null,
        Redactions = report.Redactions with { Total = 0 },
    };

    /// <summary>Neither of times nor of other runs.</summary>
    private static bool IsOfOutcomes(Issue issue) => issue.Category != Category.Performance && issue.RuleId != "IK3002";

    private static EnvironmentSection Environment(EnvironmentSection environment) => environment with
    {
        Ci = null,
        Vcs = null,
        Configuration = environment.Configuration with { Seed = null, Parallelism = null },
        Resources =
        [
            .. environment.Resources.Select(r => r with
            {
                Endpoint = r.Endpoint is null ? null : "<endpoint>",
                StartUs = r.StartUs is null ? null : 0,
                State = r.State == "reused" ? "ready" : r.State,
                Details = new SortedDictionary<string, string>(r.Details.ToDictionary(d => d.Key, _ => "<detail>", StringComparer.Ordinal), StringComparer.Ordinal),
            }),
        ],
        Databases =
        [
            .. environment.Databases.Select(d => d with
            {
                PrepareUs = d.PrepareUs is null ? null : 0,
                TemplateReused = false,
                Resets = new ResetFacts(0, new SortedDictionary<string, int>(StringComparer.Ordinal), 0, 0),
            }),
        ],
    };

    private static ResultsSection Results(ResultsSection results) => results with
    {
        Summary = results.Summary with { DurationUs = 0, WallUs = 0 },
        Suites = [.. results.Suites.Select(s => s with { DurationUs = 0 })],
        Tests = [.. results.Tests.Select(Test)],
    };

    private static TestResult Test(TestResult test) => test with
    {
        ExecutionId = null,
        StartOffsetUs = 0,
        DurationUs = 0,
        SetupUs = 0,
        Error = Failure(test.Error),
        Attempts = test.Attempts?.Select(a => a with { ExecutionId = test.TestId, DurationUs = 0, Error = Failure(a.Error) }).ToList(),
        Steps = test.Steps?.Select(s => s with { StartOffsetUs = 0, DurationUs = 0 }).ToList(),
        Interactions = test.Interactions is null ? null : test.Interactions with
        {
            Items = [.. test.Interactions.Items.Select(i => i with { StartOffsetUs = 0, DurationUs = 0, Name = Fingerprints.Normalise(i.Name) })
                .OrderBy(i => i.Kind, StringComparer.Ordinal).ThenBy(i => i.Name, StringComparer.Ordinal).ThenBy(i => i.Outcome, StringComparer.Ordinal)],
        },
        Output = test.Output is null ? null : Fingerprints.Normalise(test.Output),
        Baseline = null,
    };

    private static Failure? Failure(Failure? failure) => failure is null ? null : failure with
    {
        Message = Fingerprints.Normalise(failure.Message),
        Expected = failure.Expected is null ? null : Fingerprints.Normalise(failure.Expected),
        Actual = failure.Actual is null ? null : Fingerprints.Normalise(failure.Actual),
        Stack = failure.Stack is null ? null : Fingerprints.Normalise(failure.Stack),
        Inner = failure.Inner?.Select(inner => Failure(inner)!).ToList(),
    };

    private static Issue Issue(Issue issue) => issue with
    {
        Message = Fingerprints.Normalise(issue.Message),
        Evidence = [.. issue.Evidence.Select(Fingerprints.Normalise).Order(StringComparer.Ordinal)],
        BaselineState = null,
    };
}
