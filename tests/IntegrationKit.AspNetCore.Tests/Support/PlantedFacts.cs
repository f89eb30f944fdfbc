using System.Text.Json;

namespace IntegrationKit.Support;

/// <summary>One line of facts.json. The subject may name a second text after a bar; both have to appear in the finding.</summary>
internal sealed record Fact(string Rule, string Point, string Subject)
{
    public bool Fits(Finding finding) =>
        finding.Rule == Rule && (Point.Length == 0 || finding.Points.Contains(Point)) && Array.TrueForAll(Subject.Split('|'), finding.Says);

    public override string ToString() => $"{Rule} {Point} {Subject}";
}

internal sealed record Finding(string Rule, IReadOnlyList<string> Points, string Subject, string Text)
{
    public string? Skeleton { get; init; }

    public string Level { get; init; } = "";

    /// <summary>A path must not be found at the beginning of a longer one.</summary>
    public bool Says(string text) => Subject == text || Subject.StartsWith(text + " ", StringComparison.Ordinal)
        || (!text.Contains(" /", StringComparison.Ordinal) && (Subject.Contains(text, StringComparison.Ordinal) || Text.Contains(text, StringComparison.Ordinal)));

    public override string ToString() => $"{Rule} {string.Join(' ', Points)} {Subject}: {Text}";

    public static IEnumerable<Finding> From(JsonElement report, string section, string subject, string text)
    {
        var items = report.GetProperty(section);
        if (items.ValueKind == JsonValueKind.Object)
        {
            items = items.GetProperty("items");
        }

        foreach (var item in items.EnumerateArray())
        {
            yield return new Finding(
                item.GetProperty("ruleId").GetString()!,
                [.. item.GetProperty("integrationPointIds").EnumerateArray().Select(point => point.GetString()!)],
                item.GetProperty(subject).GetString()!,
                item.GetProperty(text).GetString()!)
            {
                Level = item.GetProperty("level").GetString()!,
                Skeleton = item.TryGetProperty("skeleton", out var code) ? code.GetString() : null,
            };
        }
    }
}

internal sealed record PlantedFacts(IReadOnlyList<Fact> Planted, IReadOnlyList<Fact> Clean)
{
    public static PlantedFacts Read() => JsonSerializer.Deserialize<PlantedFacts>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "facts.json")), JsonSerializerOptions.Web)!;
}
