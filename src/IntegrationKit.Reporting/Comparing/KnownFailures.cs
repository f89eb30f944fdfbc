using System.Globalization;
using System.Text.Json;
using IntegrationKit.Model;

namespace IntegrationKit.Comparing;

/// <summary>
/// <c>known-failures.json</c>: what is suppressed, by whom, why and until when. Matches issues and recommendations by rule
/// and by test id, target or title (with <c>*</c>). An expired entry suppresses nothing and is itself an issue.
/// </summary>
internal sealed record KnownFailure
{
    public required string Rule { get; init; }
    public string? Match { get; init; }
    public required string Owner { get; init; }
    public required string Reason { get; init; }
    public DateOnly? Until { get; init; }
}

internal static class KnownFailures
{
    public static IReadOnlyList<KnownFailure> Load(string path)
    {
        using var file = File.OpenRead(path);
        return JsonSerializer.Deserialize(file, KnownFailureJson.Default.ListKnownFailure) ?? [];
    }

    /// <summary>What the suite itself accepts by attribute. The day that counts is the run's: the report stays a function of its journals.</summary>
    public static IntegrationReport Apply(IntegrationReport report, Facts.SuiteFacts facts) => facts.Suppressions.Count == 0 ? report : Apply(
        report,
        [
            .. facts.Suppressions.Select(entry => new KnownFailure { Rule = entry.Suppression.Rule, Match = entry.Suppression.Match, Owner = entry.Assembly, Reason = entry.Suppression.Reason, Until = entry.Suppression.Until })
                .OrderBy(known => known.Rule, StringComparer.Ordinal).ThenBy(known => known.Match, StringComparer.Ordinal).ThenBy(known => known.Reason, StringComparer.Ordinal),
        ],
        DateOnly.FromDateTime(report.StartedAt.UtcDateTime));

    public static IntegrationReport Apply(IntegrationReport report, IReadOnlyList<KnownFailure> known, DateOnly today)
    {
        var expired = known.Where(k => k.Until < today).ToList();
        var valid = known.Except(expired).ToList();
        return report with
        {
            Issues =
            [
                .. report.Issues.Select(i => i with { Suppressed = Find(valid, i.RuleId, [i.Title, i.IssueId, .. i.TestIds]) ?? i.Suppressed }),
                .. expired.Select(Expired),
            ],
            Recommendations = [.. report.Recommendations.Select(r => r with { Suppressed = Find(valid, r.RuleId, [r.Target, r.Id]) ?? r.Suppressed })],
        };
    }

    private static Suppression? Find(List<KnownFailure> known, string rule, IReadOnlyList<string> subjects)
    {
        var match = known.Find(k => k.Rule == rule && (k.Match is null || subjects.Any(s => Fits(s, k.Match))));
        return match is null ? null : new Suppression(match.Owner, match.Reason, match.Until);
    }

    private static bool Fits(string subject, string pattern) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, subject, ignoreCase: false);

    private static Issue Expired(KnownFailure known) => new()
    {
        IssueId = Facts.Fingerprints.Of("IK3009", $"{known.Rule}|{known.Match}"),
        RuleId = "IK3009",
        Level = Level.Error,
        Category = Category.Test,
        Title = $"A known failure of {known.Rule} has expired",
        Message = $"{known.Match ?? "all"}: {known.Reason} (owner {known.Owner}, until {known.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})",
        TestIds = [],
        IntegrationPointIds = [],
        ResourceIds = [],
        Locations = [],
        Evidence = [],
        OccurrenceCount = 1,
    };
}

[System.Text.Json.Serialization.JsonSourceGenerationOptions(PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.CamelCase)]
[System.Text.Json.Serialization.JsonSerializable(typeof(List<KnownFailure>))]
internal sealed partial class KnownFailureJson : System.Text.Json.Serialization.JsonSerializerContext;
