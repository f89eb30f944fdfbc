using System.Globalization;
using IntegrationKit.Model;
using static IntegrationKit.Writers.Html.HtmlText;

namespace IntegrationKit.Writers.Html;

/// <summary>Sections 6 and 7.</summary>
internal sealed class FindingSections(HtmlPage page, IntegrationReport report)
{
    private const int Limit = 500;

    public void Write()
    {
        page.Section("issues", "Issues Found", Count(report.Issues.Count), () =>
        {
            foreach (var issue in report.Issues.Take(Limit))
            {
                page.Raw($"<article class=\"finding {Of(issue.Level)}\" id=\"{Of(issue.IssueId)}\"><h3><span class=\"tag {Of(issue.Level)}\">{Of(issue.Level)}</span> {Broken(issue.Title)}</h3>\n<p class=\"meta\"><a href=\"#rule-{Of(issue.RuleId)}\" title=\"{Of(Help(issue.RuleId))}\">{Of(issue.RuleId)}</a> · {Of(issue.Category)}{(issue.OccurrenceCount > 1 ? $" · {issue.OccurrenceCount} times" : "")}{(issue.BaselineState is null ? "" : $" · {Of(issue.BaselineState)}")}{Suppressed(issue.Suppressed)}</p>\n<pre>{Broken(issue.Message, 2000)}</pre>\n");
                foreach (var evidence in issue.Evidence)
                {
                    page.Paragraph(evidence);
                }

                page.Tests(issue.TestIds, issue.TestIds.Count);
                page.Raw("</article>\n");
            }

            Rest(report.Issues.Count);
        });
        page.Section("recommendations", "Recommendations", Count(report.Recommendations.Count), () =>
        {
            foreach (var advice in report.Recommendations.Take(Limit))
            {
                page.Raw($"<article class=\"finding p{advice.Priority}\" id=\"{Of(advice.Id)}\"><h3><span class=\"tag p{advice.Priority}\">P{advice.Priority}</span> {Broken(advice.Action)}</h3>\n<p class=\"meta\"><a href=\"#rule-{Of(advice.RuleId)}\" title=\"{Of(Help(advice.RuleId))}\">{Of(advice.RuleId)}</a> · {Broken(advice.Target)}{Suppressed(advice.Suppressed)}</p>\n");
                page.Paragraph(advice.Because);
                page.Tests(advice.TestIds, advice.TestIds.Count);
                if (advice.Skeleton is not null)
                {
                    page.Raw($"<details><summary>Test to start from</summary><pre>{Broken(advice.Skeleton)}</pre></details>\n");
                }

                page.Raw("</article>\n");
            }

            Rest(report.Recommendations.Count);
        });
        Rules();
    }

    /// <summary>What the findings above mean; the whole catalogue is in the package's documentation.</summary>
    private void Rules()
    {
        if (report.Rules.Count == 0)
        {
            return;
        }

        page.Section("rules", "Rules named above", null, () =>
        {
            page.Raw("<dl>\n");
            foreach (var rule in report.Rules)
            {
                page.Raw($"<dt id=\"rule-{Of(rule.Id)}\">{Of(rule.Id)} {Of(rule.Name)}</dt><dd>{Broken(rule.Help)}</dd>\n");
            }

            page.Raw("</dl>\n");
        });
    }

    private static string Suppressed(Suppression? suppression) =>
        suppression is null ? "" : $" · suppressed: {Of(suppression.Reason)}";

    private void Rest(int count)
    {
        if (count == 0)
        {
            page.Paragraph("None.");
        }
        else if (count > Limit)
        {
            page.Paragraph($"… and {count - Limit} more in report.json.");
        }
    }

    private string Help(string rule) => report.Rules.FirstOrDefault(r => r.Id == rule) is { } known ? $"{known.Name}: {known.Help}" : rule;

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
