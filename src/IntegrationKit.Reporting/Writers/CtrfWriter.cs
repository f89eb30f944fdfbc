using System.Text.Encodings.Web;
using System.Text.Json;
using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Writers;

/// <summary>Common Test Report Format (ctrf.io). Its times are whole milliseconds; what it cannot hold is under <c>extra.integrationkit</c>.</summary>
internal sealed class CtrfWriter : IReportWriter
{
    public string Format => "ctrf";

    public string FileName => "ctrf.json";

    public void Write(IntegrationReport report, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("reportFormat", "CTRF");
        json.WriteString("specVersion", "0.0.0");
        json.WriteString("reportId", report.ReportId);
        json.WriteString("runId", report.RunId);
        json.WriteString("timestamp", report.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("generatedBy", report.Generator.Name);
        json.WriteStartObject("results");
        json.WriteStartObject("tool");
        json.WriteString("name", "xunit");
        Optional(json, "version", report.TestEnvironment.TestFramework);
        json.WriteEndObject();
        WriteSummary(json, report);
        json.WriteStartArray("tests");
        foreach (var test in report.TestResults.Tests)
        {
            WriteTest(json, test, report.StartedAt.ToUnixTimeMilliseconds());
            if (json.BytesPending > 64 * 1024)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        WriteEnvironment(json, report);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, IntegrationReport report)
    {
        var tests = report.TestResults.Tests;
        var start = report.StartedAt.ToUnixTimeMilliseconds();
        json.WriteStartObject("summary");
        json.WriteNumber("tests", tests.Count);
        foreach (var status in new[] { "passed", "failed", "skipped", "pending", "other" })
        {
            json.WriteNumber(status, tests.Count(t => Status(t.Status, t.RawStatus) == status));
        }

        json.WriteNumber("flaky", report.TestResults.Summary.Flaky);
        json.WriteNumber("suites", report.TestResults.Suites.Count);
        json.WriteNumber("start", start);
        json.WriteNumber("stop", start + report.TestResults.Summary.WallUs / 1000);
        json.WriteNumber("duration", report.TestResults.Summary.WallUs / 1000);
        json.WriteStartObject("extra");
        json.WriteStartObject("integrationkit");
        json.WriteString("verdict", report.Verdict.Status);
        json.WriteNumber("issues", report.Issues.Count);
        json.WriteNumber("recommendations", report.Recommendations.Count);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Status(string status, string? raw) => status switch
    {
        TestStatus.Passed => "passed",
        TestStatus.Failed => "failed",
        TestStatus.Error => raw == "in_flight" ? "other" : "failed",
        TestStatus.Skipped => "skipped",
        TestStatus.NotRun => "pending",
        _ => "other",
    };

    private static void WriteTest(Utf8JsonWriter json, TestResult test, long start)
    {
        json.WriteStartObject();
        json.WriteString("testId", test.TestId);
        Optional(json, "executionId", test.ExecutionId);
        json.WriteString("name", test.Name);
        json.WriteString("status", Status(test.Status, test.RawStatus));
        json.WriteNumber("duration", test.DurationUs / 1000);
        json.WriteNumber("start", start + test.StartOffsetUs / 1000);
        json.WriteNumber("stop", start + (test.StartOffsetUs + test.DurationUs) / 1000);
        Texts(json, "suite", [test.Assembly, test.ClassName]);
        Optional(json, "message", test.Error?.Message ?? test.Reason);
        Optional(json, "trace", test.Error?.Stack);
        Optional(json, "rawStatus", test.RawStatus);
        Texts(json, "tags", [.. test.Categories ?? [], .. test.WorkflowIds ?? []]);
        Optional(json, "filePath", test.Source?.Path);
        if (test.Source?.Line is { } line)
        {
            json.WriteNumber("line", line);
        }

        WriteAttempts(json, test);
        Texts(json, "stdout", test.Output is null ? [] : [test.Output]);
        WriteDetails(json, test);
        json.WriteEndObject();
    }

    private static void WriteAttempts(Utf8JsonWriter json, TestResult test)
    {
        if (test.Attempts is null)
        {
            return;
        }

        json.WriteNumber("retries", test.Attempts.Count);
        json.WriteStartArray("retryAttempts");
        for (var i = 0; i < test.Attempts.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("attempt", i + 1);
            json.WriteString("status", Status(test.Attempts[i].Status, null));
            json.WriteNumber("duration", test.Attempts[i].DurationUs / 1000);
            Optional(json, "message", test.Attempts[i].Error?.Message);
            Optional(json, "trace", test.Attempts[i].Error?.Stack);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("flaky", test.Flaky);
    }

    private static void WriteDetails(Utf8JsonWriter json, TestResult test)
    {
        if (test.Attachments is not null)
        {
            json.WriteStartArray("attachments");
            foreach (var attachment in test.Attachments)
            {
                json.WriteStartObject();
                json.WriteString("name", attachment.Name);
                json.WriteString("contentType", attachment.ContentType);
                json.WriteString("path", attachment.Path);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (test.Parameters is not null)
        {
            json.WriteStartObject("parameters");
            foreach (var parameter in test.Parameters.DistinctBy(p => p.Name, StringComparer.Ordinal))
            {
                json.WriteString(parameter.Name, parameter.Value);
            }

            json.WriteEndObject();
        }

        if (test.Steps is not null)
        {
            json.WriteStartArray("steps");
            foreach (var step in test.Steps)
            {
                json.WriteStartObject();
                json.WriteString("name", step.Name);
                json.WriteString("status", Status(step.Status, null));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private static void WriteEnvironment(Utf8JsonWriter json, IntegrationReport report)
    {
        var environment = report.TestEnvironment;
        json.WriteStartObject("environment");
        Optional(json, "buildId", environment.Ci?.BuildId);
        Optional(json, "buildUrl", environment.Ci?.Url);
        Optional(json, "repositoryName", environment.Vcs?.Repository);
        Optional(json, "commit", environment.Vcs?.Commit);
        Optional(json, "branchName", environment.Vcs?.Branch);
        Optional(json, "osPlatform", environment.Runtime?.Os);
        Optional(json, "osVersion", environment.Runtime?.OsVersion);
        Optional(json, "shardId", report.TestScope.Filters.Shard);
        json.WriteBoolean("healthy", environment.Resources.All(r => r.State != "failed") && report.Issues.All(i => i.RuleId != "IK2001"));
        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
