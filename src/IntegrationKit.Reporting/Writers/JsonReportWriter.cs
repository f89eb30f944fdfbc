using System.Text.Json;
using IntegrationKit.Model;

namespace IntegrationKit.Writers;

/// <summary>The canonical document.</summary>
internal sealed class JsonReportWriter : IReportWriter
{
    public string Format => "json";

    public string FileName => "report.json";

    public void Write(IntegrationReport report, Stream output)
    {
        JsonSerializer.Serialize(output, report, ReportJson.Canonical.IntegrationReport);
        output.WriteByte((byte)'\n');
    }
}
