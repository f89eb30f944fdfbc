using IntegrationKit.Facts;
using IntegrationKit.Model;

namespace IntegrationKit.Building;

internal static class ScopeBuilder
{
    public static ScopeSection Build(SuiteFacts facts) => new()
    {
        IntegrationPoints = [.. facts.Points.Values.Select(Point)],
        Workflows = [.. Workflows(facts)],
        Counts = new ScopeCounts(
            facts.Endpoints.Values.Count(e => e.Declaration is not null),
            facts.Tables.Values.Count(t => t.Declared),
            facts.Constraints.Count,
            facts.Points.Values.Count(p => p.IsOutboundHttp)),
        Filters = new ScopeFilter
        {
            Query = facts.Runs.Select(r => r.Planned?.Filter).FirstOrDefault(f => f is not null),
            Shard = facts.Runs.Count == 1 ? facts.Runs[0].Started?.ShardId : null,
        },
        Selected = Selected(facts),
    };

    private static Selection Selected(SuiteFacts facts)
    {
        var selected = facts.Runs.Sum(r => r.Planned?.TestCases ?? r.PlannedCases);
        // Each shard tells the size of the whole suite it is a part of.
        var whole = facts.Runs.GroupBy(r => r.Assembly, StringComparer.Ordinal).Sum(suite => suite.Max(r => r.Planned?.Of) ?? 0);
        return new Selection(selected, whole > selected ? whole : null);
    }

    private static IntegrationPoint Point(PointFacts point) => new()
    {
        Id = point.Id,
        Kind = point.Kind,
        Name = point.Name,
        System = point.Declaration?.System,
        Direction = point.Declaration?.Direction ?? "outbound",
        Provider = point.Declaration?.Provider,
        DeclaredBy = [.. point.DeclaredBy],
    };

    private static IEnumerable<WorkflowScope> Workflows(SuiteFacts facts) =>
        facts.Tests.Values
            .SelectMany(test => test.Decisive.Case.Workflows ?? [], (test, workflow) => (workflow, test))
            .GroupBy(pair => pair.workflow, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new WorkflowScope(group.Key, group.Key,
            [
                .. group.SelectMany(pair => pair.test.Points)
                    .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            ]));
}
