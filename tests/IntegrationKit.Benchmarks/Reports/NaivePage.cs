using System.Net;
using System.Text.Json;
using IntegrationKit.Model;

namespace IntegrationKit.Reports;

/// <summary>What most reports are: every test a row of a table, with its details in the page.</summary>
internal static class NaivePage
{
    public static async Task WriteAsync(string reportJson, string path)
    {
        await using var input = File.OpenRead(reportJson);
        var report = (await JsonSerializer.DeserializeAsync(input, ReportJson.Canonical.IntegrationReport))!;
        await using var page = new StreamWriter(path);
        await page.WriteAsync("<!DOCTYPE html><meta charset=utf-8><table>");
        foreach (var test in report.TestResults.Tests)
        {
            await page.WriteAsync($"<tr><td>{test.Status}<td>{WebUtility.HtmlEncode(test.Name)}<td>{test.DurationUs}<td><details><pre>{WebUtility.HtmlEncode(test.Error?.Message)}{WebUtility.HtmlEncode(test.Error?.Stack)}{WebUtility.HtmlEncode(test.Output)}</pre></details>");
        }

        await page.WriteAsync("</table>");
    }
}
