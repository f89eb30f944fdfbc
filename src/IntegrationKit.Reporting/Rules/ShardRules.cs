using IntegrationKit.Facts;
using IntegrationKit.Model;

namespace IntegrationKit.Rules;

internal sealed class ShardMissingRule() : Rule(
    "IK1006", "Shard missing", "The suite was split and not all parts are here: the report is incomplete. Merge it with the missing journals.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var group in facts.Runs.Where(r => r.Started?.ShardCount > 1).GroupBy(r => r.Assembly, StringComparer.Ordinal))
        {
            var missing = Missing(group).ToList();
            if (missing.Count > 0)
            {
                sink.Issue(new IssueDraft
                {
                    Level = Level.Error,
                    Category = Category.Environment,
                    Subject = group.Key,
                    Title = $"{missing.Count} of {group.Max(r => r.Started!.ShardCount)} shards are missing",
                    Message = $"{group.Key}: no journal of shard {string.Join(", ", missing)}.",
                });
            }
        }
    }

    public static IEnumerable<int> Missing(IEnumerable<RunFacts> runs)
    {
        var list = runs.ToList();
        var count = list.Max(r => r.Started?.ShardCount) ?? 0;
        var present = list.Select(r => r.Started?.ShardId?.Split('/')[0]).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, count).Where(i => !present.Contains(i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}

internal sealed class ShardSplitRule() : Rule(
    "IK1008", "Shards of different splits", "The suite was not split in the same way everywhere: tests may be missing and others run twice. Give every shard the same build, the same filter and the same recorded durations.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var group in Different(facts))
        {
            var splits = group.GroupBy(run => run.Planned!.Split, StringComparer.Ordinal).OrderBy(split => split.Key, StringComparer.Ordinal).ToList();
            sink.Issue(new IssueDraft
            {
                Level = Level.Error,
                Category = Category.Environment,
                Subject = group.Key,
                Title = $"The shards of {group.Key} were split in {splits.Count} ways",
                Message = "Together they are not the suite: " + string.Join("; ", splits.Select(split => $"split {split.Key}: {string.Join(", ", split.Select(run => run.Started!.ShardId).Distinct(StringComparer.Ordinal))}")) + ".",
            });
        }
    }

    /// <summary>Suites whose shards do not belong together. A shard that ran again later is judged with the others.</summary>
    public static IEnumerable<IGrouping<string, RunFacts>> Different(SuiteFacts facts) => facts.Runs
        .Where(run => run is { Started.ShardCount: > 1, Planned.Split: not null }).GroupBy(run => run.Assembly, StringComparer.Ordinal)
        .Where(group => group.Select(run => run.Planned!.Split).Distinct(StringComparer.Ordinal).Skip(1).Any());
}
