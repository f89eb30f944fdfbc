using System.Text.Encodings.Web;
using System.Text.Json;
using IntegrationKit.Model;

namespace IntegrationKit.Writers;

/// <summary>Issues as SARIF 2.1, for code scanning; written only when asked for.</summary>
internal sealed class SarifWriter : IReportWriter
{
    public string Format => "sarif";

    public string FileName => "issues.sarif";

    public void Write(IntegrationReport report, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        Tool(json, report);
        json.WriteStartArray("redactionTokens");
        json.WriteStringValue(report.Redactions.Token);
        json.WriteEndArray();
        json.WriteStartArray("results");
        foreach (var issue in report.Issues)
        {
            Result(json, issue);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Tool(Utf8JsonWriter json, IntegrationReport report)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", report.Generator.Name);
        json.WriteString("semanticVersion", report.Generator.Version);
        json.WriteStartArray("rules");
        foreach (var rule in report.Rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            Text(json, "shortDescription", rule.Name);
            Text(json, "help", rule.Help);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Result(Utf8JsonWriter json, Issue issue)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", issue.RuleId);
        json.WriteString("level", issue.Level);
        Text(json, "message", $"{issue.Title}: {issue.Message}");
        json.WriteNumber("occurrenceCount", issue.OccurrenceCount);
        json.WriteStartObject("partialFingerprints");
        json.WriteString("integrationkit/v1", issue.IssueId);
        json.WriteEndObject();
        if (issue.BaselineState is not null)
        {
            json.WriteString("baselineState", issue.BaselineState);
        }

        if (issue.Suppressed is { } suppressed)
        {
            json.WriteStartArray("suppressions");
            json.WriteStartObject();
            json.WriteString("kind", "external");
            json.WriteString("justification", suppressed.Reason);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteStartArray("locations");
        foreach (var location in issue.Locations)
        {
            json.WriteStartObject();
            json.WriteStartObject("physicalLocation");
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", Uri.EscapeDataString(location.Path.Replace('\\', '/')).Replace("%2F", "/", StringComparison.Ordinal));
            json.WriteEndObject();
            json.WriteStartObject("region");
            json.WriteNumber("startLine", Math.Max(1, location.Line ?? 1));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
