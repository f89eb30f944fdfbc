using System.Text;
using IntegrationKit.Identity;
using IntegrationKit.Model;

namespace IntegrationKit.GitHub;

/// <summary>
/// What one suite wrote to a job summary, between two comments that name the suite: its assemblies with their frameworks
/// and, for a part of it, the shard. The suites of a solution share the file of a step.
/// </summary>
internal sealed class SummaryRegion
{
    private const string Mark = "<!-- integrationkit:";
    private const int KeyLimit = 200;

    private readonly string start;
    private readonly string end;

    private SummaryRegion(string key)
    {
        start = $"{Mark}start {key} -->";
        end = $"{Mark}end {key} -->";
    }

    public static SummaryRegion Of(IntegrationReport report)
    {
        var suites = report.Shards.Select(s => $"{Escape(s.Assembly)}({Escape(s.TargetFramework ?? "")})").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var key = string.Join('+', suites) + (report.TestScope.Filters.Shard is { } part ? "/" + Escape(part) : "");
        return new SummaryRegion(key.Length <= KeyLimit ? key : $"{key[..(KeyLimit / 2)]}~{TestIds.Digest(key, 20)}");
    }

    /// <summary>Bytes of a region around nothing.</summary>
    public int Overhead => Encoding.UTF8.GetByteCount(Around(""));

    /// <summary>What others wrote before and after. The last start counts: one that lost its end is somebody's text now.</summary>
    public (string Before, string After) Split(string text)
    {
        var from = text.LastIndexOf(start, StringComparison.Ordinal);
        var to = from < 0 ? -1 : text.IndexOf(end, from, StringComparison.Ordinal);
        if (to < 0)
        {
            return (text.Length == 0 || text.EndsWith('\n') ? text : text + "\n", "");
        }

        var after = text[(to + end.Length)..];
        return (text[..from], after.StartsWith('\n') ? after[1..] : after);
    }

    /// <summary>A message in a block of code stands there as it is, and must not look like one of our comments.</summary>
    public string Around(string markdown) => $"{start}\n{markdown.Replace(Mark, Mark[..^1] + ";", StringComparison.Ordinal)}\n{end}\n";

    /// <summary>Nothing that ends a comment is left: <c>&gt;</c> and line ends are escaped, and no two dashes stand together.</summary>
    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("--", "-%2D", StringComparison.Ordinal);
}
