using System.Security.Cryptography;
using System.Text;
using IntegrationKit.Facts;
using IntegrationKit.Model;
using IntegrationKit.Rules;

namespace IntegrationKit.Building;

/// <summary>Facts to document. A pure function: the same facts and options give the same report.</summary>
internal static class ReportBuilder
{
    public static IntegrationReport Build(SuiteFacts facts, ReportOptions options)
    {
        var limits = new TextLimits();
        var results = ResultsBuilder.Build(facts, limits);
        var coverage = new CoverageBuilder(facts, options.TestIdLimit).Build();
        var sink = new FindingSink();
        RuleSet.Evaluate(facts, sink);
        var issues = IssueList.Sort(sink.Issues);
        var recommendations = IssueList.Sort(sink.Recommendations);
        return new IntegrationReport
        {
            ReportId = ReportId(facts),
            RunId = Envelope.RunIdOf(facts),
            Generator = new Generator(options.Generator, Version),
            StartedAt = facts.Runs.Min(r => r.Started?.StartedAt) ?? DateTimeOffset.UnixEpoch,
            Shards = [.. facts.Runs.Select(ShardOf)],
            Verdict = VerdictBuilder.Build(facts, issues, options),
            TestScope = ScopeBuilder.Build(facts),
            TestEnvironment = EnvironmentBuilder.Build(facts),
            TestsWritten = WrittenBuilder.Build(facts),
            TestResults = results,
            Coverage = coverage,
            Issues = issues,
            Recommendations = recommendations,
            Rules = IssueList.Describe(issues, recommendations),
            Truncations = limits.Truncations,
            Redactions = new Redactions(facts.Redactions, Redaction.Redactor.Mask),
        };
    }

    private static string Version { get; } =
        typeof(ReportBuilder).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    private static Shard ShardOf(RunFacts run) => new()
    {
        Assembly = run.Assembly,
        TargetFramework = run.Started?.TargetFramework,
        ShardId = run.Started?.ShardId,
        ShardCount = run.Started?.ShardCount,
        Attempt = run.Started?.Attempt ?? 1,
        RunId = run.Started?.RunId ?? "unknown",
        Digest = run.Digest,
        State = run.Interrupted ? "aborted" : "finished",
    };

    /// <summary>A UUID of version 8 made of the journals' digests.</summary>
    private static string ReportId(SuiteFacts facts)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', facts.Runs.Select(r => r.Digest))))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
