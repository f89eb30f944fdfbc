using System.Globalization;
using IntegrationKit.Facts;

namespace IntegrationKit.Building;

/// <summary>What the report says once, so that a hundred thousand tests need not repeat it.</summary>
internal sealed class Envelope(SuiteFacts facts)
{
    private readonly string runId = RunIdOf(facts);
    private readonly bool oneFramework = facts.Runs.Select(run => run.Started?.TargetFramework).Distinct(StringComparer.Ordinal).Count() == 1;

    public static string RunIdOf(SuiteFacts facts) => facts.Runs.Select(run => run.Started?.RunId).FirstOrDefault(id => id is not null) ?? "unknown";

    public string? ExecutionId(string testId, RunFacts run, int attempt) => attempt == 1 && (run.Started?.RunId ?? "unknown") == runId
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{testId}@{run.Started?.RunId}.{attempt}");

    public string? Framework(string? targetFramework) => oneFramework ? null : targetFramework;
}
