using System.Globalization;
using IntegrationKit.Model;

namespace IntegrationKit.Writers.Html;

/// <summary>Sections 1 to 3.</summary>
internal sealed class DescriptionSections(HtmlPage page, IntegrationReport report)
{
    public void Write()
    {
        Scope();
        Environment();
        Written();
    }

    private void Scope()
    {
        var scope = report.TestScope;
        page.Section("scope", "Test Scope", null, () =>
        {
            page.Paragraph($"{Counted.Of(scope.Counts.Endpoints, "endpoint")}, {Counted.Of(scope.Counts.Tables, "table")}, {Counted.Of(scope.Counts.Constraints, "constraint")}, {Counted.Of(scope.Counts.Services, "service")} and {Counted.Of(scope.Workflows.Count, "workflow")}; {Counted.Selected(scope.Selected)}"
                + $"{(scope.Filters.Query is null ? "" : $" by the filter {scope.Filters.Query}")}{(scope.Filters.Shard is null ? "" : $", shard {scope.Filters.Shard}")}.");
            page.Table("Integration points", ["Integration point", "Kind", "System", "Direction", "Provider", "Declared by"], scope.IntegrationPoints, p =>
                [p.Id, Words(p.Kind), p.System, p.Direction, Words(p.Provider), string.Join(", ", p.DeclaredBy)]);
            page.Table("Workflows", ["Workflow", "Goes through"], scope.Workflows, w => [w.Name, string.Join(", ", w.IntegrationPointIds)]);
        });
    }

    private void Environment()
    {
        var environment = report.TestEnvironment;
        page.Section("environment", "Test Environment", null, () =>
        {
            page.Table("Run", ["What", "Value"], Facts(environment).Where(f => !string.IsNullOrEmpty(f.Value)).ToList(), f => [f.Name, f.Value]);
            page.Table("Resources", ["Resource", "Kind", "Version", "Provider", "State", "Start", "Why, and what was rejected"], environment.Resources, r =>
            [
                r.Name, Words(r.Kind), Short(r.Version), Words(r.Provider), new Cell(r.State, r.State == "failed" ? "bad" : null), Cell.Duration(r.StartUs),
                r.Error ?? string.Join(" · ", new[] { r.Reason }.Concat(r.Rejected.Select(x => $"{x.Provider}: {x.Reason}")).Where(t => !string.IsNullOrEmpty(t))),
            ]);
            page.Table("Databases", ["Database", "Isolation", "Migrations", "Seeds", "Template", "Resets", "Strategies", "Reset p50", "Reset p95"], environment.Databases, d =>
            [
                d.IntegrationPointId, d.Isolation, d.Migrations.Count, string.Join(", ", d.Seeds), d.TemplateReused ? "reused" : "built", d.Resets.Count,
                string.Join(", ", d.Resets.ByStrategy.Select(s => $"{s.Key} {s.Value}")), Cell.Duration(d.Resets.P50Us), Cell.Duration(d.Resets.P95Us),
            ]);
        });
    }

    private static string? Words(string? name) => name?.Replace('_', ' ');

    /// <summary>Of build metadata, usually a whole commit id, the beginning says enough.</summary>
    private static string? Short(string? version) =>
        version?.IndexOf('+', StringComparison.Ordinal) is >= 0 and var plus && version.Length > plus + 9 ? version[..(plus + 9)] + "…" : version;

    private IEnumerable<(string Name, string? Value)> Facts(EnvironmentSection environment)
    {
        yield return ("Runtime", environment.Runtime?.Framework);
        yield return ("Machine", environment.Runtime is { } r ? $"{r.Os} {r.OsVersion} {r.Architecture}, {r.ProcessorCount} processors, {(r.MemoryBytes / (1024.0 * 1024 * 1024)).ToString("0.#", CultureInfo.InvariantCulture)} GiB" : null);
        yield return ("Test framework", environment.TestFramework);
        yield return ("Parallelism", environment.Configuration.Parallelism);
        yield return ("Seed", environment.Configuration.Seed?.ToString(CultureInfo.InvariantCulture));
        yield return ("Commit", string.Join(" ", new[] { environment.Vcs?.Repository, environment.Vcs?.Branch, environment.Vcs?.Commit }.OfType<string>()));
        yield return ("CI", environment.Ci is { } ci ? $"{ci.Provider} {ci.BuildId}" : null);
        foreach (var option in environment.Configuration.Options)
        {
            yield return (option.Key, option.Value);
        }

        foreach (var shard in report.Shards)
        {
            yield return ("Journal", $"{shard.Assembly} {shard.TargetFramework} {shard.ShardId} attempt {shard.Attempt}: {shard.State}");
        }

        foreach (var cut in report.Truncations)
        {
            yield return ("Cut to size", $"{cut.Path}: {cut.Limit} each, {cut.Dropped} dropped");
        }
    }

    private void Written()
    {
        var written = report.TestsWritten;
        page.Section("written", "Tests Written", written.Total.ToString(CultureInfo.InvariantCulture), () =>
        {
            page.Paragraph($"{Counted.Of(written.Total, "test")} in {Counted.Of(written.ByClass.Count, "class")}; {written.WithoutWorkflow} without a workflow"
                + $"{Counted.Changes(written)}.");
            page.Table("By integration point", ["Integration point", "Tests"], written.ByIntegrationPoint, g => [g.Name, g.Tests]);
            page.Table("By workflow", ["Workflow", "Tests"], written.ByWorkflow, g => [g.Name, g.Tests]);
            page.Table("By category", ["Category", "Tests"], written.ByCategory, g => [g.Name, g.Tests]);
            page.Table("Skipped and explicit", ["Test", "Reason"], written.ExplicitOrSkipped, t => [t.Name, t.Reason], 100);
            page.Table("Removed since the baseline", ["Test", "Id"], written.Removed ?? [], t => [t.Name, t.TestId], 100);
        });
    }
}
