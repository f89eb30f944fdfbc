using IntegrationKit.Model;
using IntegrationKit.Rules;

namespace IntegrationKit.Building;

/// <summary>The order of the findings, and the rules they name, wherever they come from.</summary>
internal static class IssueList
{
    public static IReadOnlyList<Issue> Sort(IEnumerable<Issue> issues) =>
    [
        .. issues.OrderBy(i => LevelRank(i.Level)).ThenBy(i => RuleRank(i.RuleId)).ThenBy(i => i.Title, StringComparer.Ordinal)
            .ThenBy(i => i.IssueId, StringComparer.Ordinal),
    ];

    public static IReadOnlyList<Recommendation> Sort(IEnumerable<Recommendation> recommendations) =>
    [
        .. recommendations.OrderBy(r => r.Priority).ThenBy(r => RuleRank(r.RuleId)).ThenBy(r => r.Target, StringComparer.Ordinal)
            .ThenBy(r => r.Id, StringComparer.Ordinal),
    ];

    /// <summary>For what is not a function of the journals alone.</summary>
    public static IntegrationReport Add(IntegrationReport report, IReadOnlyCollection<Issue> more)
    {
        if (more.Count == 0)
        {
            return report;
        }

        var issues = Sort(report.Issues.Concat(more));
        return report with { Issues = issues, Rules = Describe(issues, report.Recommendations) };
    }

    public static IReadOnlyList<RuleDescription> Describe(IEnumerable<Issue> issues, IEnumerable<Recommendation> recommendations) =>
        RuleSet.Describe(issues.Select(i => i.RuleId).Concat(recommendations.Select(r => r.RuleId)));

    private static int LevelRank(string level) => level switch
    {
        Level.Error => 0,
        Level.Warning => 1,
        _ => 2,
    };

    private static int RuleRank(string rule) =>
        int.TryParse(rule.AsSpan(Math.Min(2, rule.Length)), System.Globalization.CultureInfo.InvariantCulture, out var rank) ? rank : int.MaxValue;
}
