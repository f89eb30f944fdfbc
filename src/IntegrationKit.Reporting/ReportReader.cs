using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationKit.Model;

namespace IntegrationKit;

/// <summary>Reads a report.json of this major version, strictly: an unknown or missing member is an error.</summary>
internal static class ReportReader
{
    private static readonly JsonSerializerOptions Strict = new(ReportJson.Canonical.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        TypeInfoResolver = ReportJson.Canonical,
    };

    /// <exception cref="JsonException">The file is no report, or one of another major version.</exception>
    public static IntegrationReport Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file);
    }

    public static IntegrationReport Read(Stream stream)
    {
        var report = (IntegrationReport?)JsonSerializer.Deserialize(stream, Strict.GetTypeInfo(typeof(IntegrationReport)))
            ?? throw new JsonException("The document is null.");
        var major = IntegrationReport.CurrentVersion.Split('.')[0];
        if (report.ReportFormat != IntegrationReport.FormatName || report.SchemaVersion.Split('.')[0] != major)
        {
            throw new JsonException($"{report.ReportFormat} {report.SchemaVersion} is not {IntegrationReport.FormatName} {major}.x.");
        }

        return report;
    }
}
