using System.Security.Cryptography;
using System.Text;
using IntegrationKit.Model;
using static IntegrationKit.Writers.Html.HtmlText;

namespace IntegrationKit.Writers.Html;

/// <summary>
/// One file that opens from disk without network. The seven sections and the first failures are plain HTML, readable
/// without JavaScript; the tests are an index and compressed chunks of which only those looked at are inflated.
/// </summary>
internal sealed class HtmlReportWriter : IReportWriter
{
    private const int FailuresWithoutScript = 50;

    /// <summary>With more tests the first layout of the whole page takes most of the time until it can be used.</summary>
    private const int Large = 10_000;

    private static readonly string Css = Resource("report.css");
    private static readonly string Script = Resource("report.js");

    public string Format => "html";

    public string FileName => "report.html";

    public void Write(IntegrationReport report, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 64 * 1024, leaveOpen: true) { NewLine = "\n" };
        var page = new HtmlPage(writer);
        Head(page, report);
        Summary(page, report);
        Failures(page, report);
        new DescriptionSections(page, report).Write();
        Results(page, report);
        new CoverageSections(page, report.Coverage).Write();
        new FindingSections(page, report).Write();
        page.Raw($"</main>\n<footer><p>{Of(report.Generator.Name)} {Of(report.Generator.Version)} · report {Of(report.ReportId)} · {Of(report.Redactions.Total.ToString(System.Globalization.CultureInfo.InvariantCulture))} texts with masked secrets</p></footer>\n");
        HtmlData.WriteIndex(writer, report);
        page.Raw($"<script>{Script}</script>\n");
        HtmlData.WriteChunks(writer, report);
        page.Raw("</body>\n</html>\n");
    }

    private static void Head(HtmlPage page, IntegrationReport report)
    {
        page.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{Hash(Css)}'; script-src '{Hash(Script)}'; img-src data:; base-uri 'none'; form-action 'none'\">\n");
        page.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n");
        page.Raw($"<title>{Of(report.Verdict.Status)} · integration report</title>\n<style>{Css}</style>\n</head>\n<body>\n");
    }

    private static void Summary(HtmlPage page, IntegrationReport report)
    {
        var s = report.TestResults.Summary;
        page.Raw($"<header class=\"{report.Verdict.Status}\"><h1>Integration report <strong>{Of(report.Verdict.Status)}</strong></h1>\n");
        page.Raw($"<p>{Of(string.Join(" · ", report.Shards.Select(x => x.Assembly).Distinct(StringComparer.Ordinal).Take(5)))} · {report.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC · {Of(DurationText.Of(s.WallUs))}</p>\n<ul class=\"tiles\">");
        Tile(page, "passed", s.Passed);
        Tile(page, "failed", s.Failed);
        Tile(page, "error", s.Error, s.Error == 1 ? "error" : "errors");
        Tile(page, "skipped", s.Skipped);
        Tile(page, "not_run", s.NotRun, "not run");
        Tile(page, "flaky", s.Flaky);
        page.Raw("</ul>\n");
        if (report.Verdict.Reasons.Count > 0)
        {
            page.Paragraph("Because of " + string.Join(", ", report.Verdict.Reasons.Select(r => $"{r.Count} {r.Text}")) + ".");
        }

        if (Counted.KnownFailures(report.Verdict) is { Length: > 0 } known)
        {
            page.Paragraph(known);
        }

        page.Raw("<nav aria-label=\"Sections\">");
        foreach (var (id, title) in new[] { ("scope", "Test Scope"), ("environment", "Test Environment"), ("written", "Tests Written"), ("results", "Test Results"), ("coverage", "Coverage"), ("issues", "Issues Found"), ("recommendations", "Recommendations") })
        {
            page.Raw($"<a href=\"#{id}\">{title}</a> ");
        }

        page.Raw($"</nav></header>\n<main{(s.Tests > Large ? " class=\"large\"" : "")}>\n");
    }

    private static void Tile(HtmlPage page, string status, int count, string? name = null) =>
        page.Raw($"<li class=\"{(count == 0 ? "zero" : status)}\"><b>{count}</b> {name ?? status}</li>");

    private static void Failures(HtmlPage page, IntegrationReport report)
    {
        var bad = report.TestResults.Tests.Where(t => t.Status is "failed" or "error").OrderBy(t => t.Suppressed is not null ? 2 : t.Baseline?.State == "still_failing" ? 1 : 0).ToList();
        if (bad.Count == 0)
        {
            return;
        }

        page.Section("failures", "Failures", bad.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), () =>
        {
            foreach (var test in bad.Take(FailuresWithoutScript))
            {
                var error = test.Error;
                page.Raw($"<details class=\"failure\"><summary><a href=\"#t={Of(test.TestId)}\" data-t=\"{Of(test.TestId)}\">{Broken(test.Name, 300)}</a> <span class=\"tag {test.Status}\">{Of(test.RawStatus ?? test.Status)}</span>{(test.Baseline is null ? "" : $" <span class=\"tag\">{Of(test.Baseline.State.Replace('_', ' '))}</span>")}{(test.Suppressed is null ? "" : $" <span class=\"tag\" title=\"{Of(test.Suppressed.Reason)}\">known failure</span>")} <span class=\"why\">{Broken(error?.Message.Split('\n', 2)[0], 200)}</span></summary><pre>{Broken(error is null ? "" : Whole(error))}</pre></details>\n");
            }

            if (bad.Count > FailuresWithoutScript)
            {
                page.Paragraph($"… and {bad.Count - FailuresWithoutScript} more in the list of tests.");
            }
        });
    }

    /// <summary>With what caused it, which often is all there is to know.</summary>
    private static string Whole(Failure error) =>
        string.Join('\n', new[] { $"{error.Type}: {error.Message}", error.Stack }.Where(part => !string.IsNullOrEmpty(part)).Concat((error.Inner ?? []).Select(inner => "---> " + Whole(inner))));

    /// <summary>The list is the script's; without it the classes are still there.</summary>
    private static void Results(HtmlPage page, IntegrationReport report) =>
        page.Section("results", "Test Results", Counted.Of(report.TestResults.Summary.Tests, "test"), () =>
        {
            page.Raw("<noscript><p>The list of all tests needs JavaScript; the tables and failures on this page do not. Everything is in report.json.</p></noscript>\n<div id=\"app\" hidden></div>\n");
            page.Raw($"<details class=\"block\"{(report.TestResults.Suites.Count <= 12 ? " open" : "")}><summary>By class</summary>\n");
            page.Table("Classes", ["Class", "Tests", "Passed", "Failed", "Errors", "Skipped", "Time"], report.TestResults.Suites, s =>
                [s.Name, s.Tests, s.Passed, s.Failed, s.Error, s.Skipped + s.NotRun, Cell.Duration(s.DurationUs)]);
            page.Raw("</details>\n");
        });

    private static string Hash(string content) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReportWriter).Assembly.GetManifestResourceStream("IntegrationKit.Report." + name)
            ?? throw new InvalidOperationException($"{name} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
