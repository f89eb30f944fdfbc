using IntegrationKit.Model;

namespace IntegrationKit;

/// <summary>
/// The report of a finished run, to be judged by a test of another project that runs after it:
/// <c>WrittenReport.Read("TestResults/integration/report.json").Should().HaveNoFindings()</c>.
/// </summary>
public sealed class WrittenReport
{
    private WrittenReport(string path, IntegrationReport content) => (Path, Content) = (path, content);

    /// <summary>The file it was read from.</summary>
    public string Path { get; }

    internal IntegrationReport Content { get; }

    /// <summary>Reads a <c>report.json</c>.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="System.Text.Json.JsonException">It is no report, or one of a later major version.</exception>
    public static WrittenReport Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new WrittenReport(path, ReportReader.Read(path));
    }
}
