using System.Globalization;
using IntegrationKit.Model;

namespace IntegrationKit.GitHub;

/// <summary>Workflow commands that mark lines of the change: at most ten errors and ten warnings, regressions first, as GitHub shows no more.</summary>
internal static class Annotations
{
    private const int PerKind = 10;

    /// <summary>In any other log they would be noise.</summary>
    public static bool AreWanted => Environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true";

    public static IReadOnlyList<string> Of(IntegrationReport report)
    {
        var errors = report.TestResults.Tests.Where(t => t.Status is "failed" or "error" && t.Suppressed is null)
            .OrderBy(t => t.Baseline?.State switch { "regressed" or "new" => 0, "still_failing" => 2, _ => 1 })
            .Take(PerKind)
            .Select(t => Command("error", t.Source?.Path, t.Source?.Line, t.Name, t.Error?.Message ?? t.Status));
        var warnings = report.Issues.Where(i => i.Level == Level.Warning && i.Suppressed is null).Take(PerKind)
            .Select(i => Command("warning", Place(i)?.Path, Place(i)?.Line, $"{i.RuleId} {i.Title}", i.Message));
        return [.. errors, .. warnings];
    }

    private static Location? Place(Issue issue) => issue.Locations.Count > 0 ? issue.Locations[0] : null;

    private static string Command(string kind, string? path, int? line, string title, string message)
    {
        var properties = new List<string> { $"title={Property(title)}" };
        if (path is not null && !Path.IsPathRooted(path) && !path.Contains("..", StringComparison.Ordinal))
        {
            properties.Insert(0, $"file={Property(path)}");
            properties.Insert(1, $"line={(line ?? 1).ToString(CultureInfo.InvariantCulture)}");
        }

        return $"::{kind} {string.Join(',', properties)}::{Data(message.Length > 1000 ? message[..1000] : message)}";
    }

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
