using System.Text.Encodings.Web;
using System.Text.Json;
using IntegrationKit.Model;

namespace IntegrationKit.Writers;

/// <summary>The canonical document.</summary>
internal sealed class JsonReportWriter : IReportWriter
{
    /// <summary>Tests of a report that is written in one piece.</summary>
    private const int HeldInMemory = 5_000;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public string Format => "json";

    public string FileName => "report.json";

    public void Write(IntegrationReport report, Stream output)
    {
        if (report.TestResults.Tests.Count > HeldInMemory)
        {
            JsonSerializer.Serialize(output, report, ReportJson.Canonical.IntegrationReport);
        }
        else
        {
            using var json = new Utf8JsonWriter(output, Options);
            JsonSerializer.Serialize(json, report, ReportWriting.Default.IntegrationReport);
        }

        output.WriteByte((byte)'\n');
    }
}
