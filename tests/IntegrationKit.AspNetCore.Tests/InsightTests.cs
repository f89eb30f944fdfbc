using System.Globalization;
using System.Text;
using IntegrationKit.Support;

namespace IntegrationKit;

/// <summary>
/// Runs the planted suite as users run theirs and compares its report with the list of what is planted: everything on the
/// list has to be named, and nothing else.
/// </summary>
public sealed class InsightTests
{
    [Fact]
    public async Task The_report_names_what_is_planted_and_nothing_else()
    {
        var facts = PlantedFacts.Read();
        var findings = await RunSuiteAsync();

        var table = new StringBuilder("rule     planted found  reported right  recall precision\n");
        foreach (var rule in facts.Planted.Select(fact => fact.Rule).Concat(findings.Select(finding => finding.Rule)).Distinct().Order())
        {
            table.AppendLine(Score(rule, facts.Planted.Where(fact => fact.Rule == rule).ToList(), findings.Where(finding => finding.Rule == rule).ToList()).Line);
        }

        var total = Score("all", facts.Planted, findings);
        TestContext.Current.TestOutputHelper!.WriteLine(table.AppendLine(total.Line).ToString());
        facts.Planted.Should().HaveCountGreaterThanOrEqualTo(60);
        facts.Clean.Should().HaveCountGreaterThanOrEqualTo(60);
        facts.Planted.Where(fact => !findings.Any(fact.Fits)).Should().BeEmpty("these facts are planted");
        findings.Where(finding => !facts.Planted.Any(fact => fact.Fits(finding))).Should().BeEmpty("nothing else is wrong");
        facts.Clean.Where(fact => findings.Any(fact.Fits)).Should().BeEmpty("these spots are clean");
        findings.Where(finding => finding.Skeleton is { } code && !code.Contains("using Insight.Planted;", StringComparison.Ordinal))
            .Should().BeEmpty("skeletons name the suite's own fixtures");
        total.Recall.Should().BeGreaterThanOrEqualTo(0.95);
        total.Precision.Should().BeGreaterThanOrEqualTo(0.98);
    }

    private static (string Line, double Recall, double Precision) Score(string rule, IReadOnlyList<Fact> planted, IReadOnlyList<Finding> reported)
    {
        var found = planted.Count(fact => reported.Any(fact.Fits));
        var right = reported.Count(finding => planted.Any(fact => fact.Fits(finding)));
        var recall = planted.Count == 0 ? 1 : (double)found / planted.Count;
        var precision = reported.Count == 0 ? 1 : (double)right / reported.Count;
        return (string.Create(CultureInfo.InvariantCulture,
            $"{rule,-8} {planted.Count,7} {found,5} {reported.Count,9} {right,5} {recall,7:P0} {precision,9:P0}"), recall, precision);
    }

    private static async Task<List<Finding>> RunSuiteAsync()
    {
        using var run = await SuiteProcess.RunAsync(SuiteProcess.AssemblyOf("Suite", "Insight.Planted.Suite"));
        run.ExitCode.Should().Be(0, "the planted suite passes; it said {0}", run.Output);
        return [.. Finding.From(run.Report.RootElement, "issues", "title", "message"), .. run.Recommendations];
    }
}
