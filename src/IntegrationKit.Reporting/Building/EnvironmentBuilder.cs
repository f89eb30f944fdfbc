using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Model;
using IntegrationKit.Observations;

namespace IntegrationKit.Building;

/// <summary>Where shards ran on different machines, a fact is kept only if all agree.</summary>
internal static class EnvironmentBuilder
{
    public static EnvironmentSection Build(SuiteFacts facts)
    {
        var environments = facts.Runs.Select(r => r.Started?.Environment).OfType<RunEnvironment>().ToList();
        var configured = facts.Runs.Select(r => r.Configured).OfType<RunConfigured>().ToList();
        var first = environments.FirstOrDefault();
        return new EnvironmentSection
        {
            Runtime = first is null ? null : Runtime(environments),
            TestFramework = Agreed(configured, e => e.TestFramework),
            Vcs = first is null || (first.Commit ?? first.Branch ?? first.Repository) is null ? null : new SourceFacts(
                Agreed(environments, e => e.Repository), Agreed(environments, e => e.Commit), Agreed(environments, e => e.Branch)),
            Ci = first?.CiProvider is null ? null : new CiFacts(first.CiProvider, Agreed(environments, e => e.CiBuildId), Agreed(environments, e => e.CiBuildUrl)),
            Configuration = new RunConfiguration
            {
                Parallelism = Agreed(configured, e => e.Parallelism),
                Seed = configured.Select(e => e.Seed).Distinct().Count() == 1 ? configured[0].Seed : null,
                Options = Sorted(first?.Options),
            },
            Resources = [.. facts.Resources.Values.Select(Resource)],
            Databases = [.. facts.Databases.Values.Select(d => Database(d, facts.Resets.GetValueOrDefault(d.Point) ?? []))],
        };
    }

    private static RuntimeFacts Runtime(List<RunEnvironment> environments) => new()
    {
        Framework = Agreed(environments, e => e.Framework) ?? "various",
        Os = Agreed(environments, e => e.Os) ?? "various",
        OsVersion = Agreed(environments, e => e.OsVersion),
        Architecture = Agreed(environments, e => e.Architecture) ?? "various",
        ProcessorCount = environments.Min(e => e.ProcessorCount),
        MemoryBytes = environments.Min(e => e.MemoryBytes),
        Culture = Agreed(environments, e => e.Culture),
        TimeZone = Agreed(environments, e => e.TimeZone),
    };

    private static string? Agreed<T>(List<T> sources, Func<T, string?> fact)
    {
        var values = sources.Select(fact).Distinct(StringComparer.Ordinal).ToList();
        return values.Count == 1 ? values[0] : null;
    }

    private static EnvironmentResource Resource(ResourceReported resource) => new()
    {
        Id = resource.Resource,
        Kind = resource.Kind,
        Name = resource.Name,
        Version = resource.Version,
        Provider = resource.Provider,
        Reason = resource.Reason,
        Rejected = [.. (resource.Rejected ?? []).Select(r => new Rejection(r.Provider, r.Reason))],
        Endpoint = resource.Endpoint,
        State = resource.State,
        StartUs = resource.StartUs,
        Error = resource.Error,
        Details = Sorted(resource.Details),
    };

    private static EnvironmentDatabase Database(DatabaseReported database, List<DatabaseReset> resets)
    {
        var times = resets.Select(r => r.DurationUs).Order().ToList();
        return new EnvironmentDatabase
        {
            IntegrationPointId = database.Point,
            ResourceId = database.Resource,
            MigrationTool = database.MigrationTool,
            Migrations = database.Migrations ?? [],
            TemplateHash = database.TemplateHash,
            TemplateReused = database.TemplateReused,
            Seeds = database.Seeds ?? [],
            Isolation = database.Isolation,
            PrepareUs = database.PrepareUs,
            Resets = new ResetFacts(
                resets.Count,
                Counted(resets.Select(r => r.Strategy)),
                Percentile(times, 50),
                Percentile(times, 95)),
        };
    }

    private static SortedDictionary<string, int> Counted(IEnumerable<string> values)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        return counts;
    }

    private static long Percentile(List<long> sorted, int percent) =>
        sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];

    private static SortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string>? values)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in values ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            sorted[key] = value;
        }

        return sorted;
    }
}
