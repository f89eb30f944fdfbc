using IntegrationKit.Model;

namespace IntegrationKit.Writers;

/// <summary>One format. Writes from the model alone and keeps no state.</summary>
internal interface IReportWriter
{
    /// <summary>Short name, as in <see cref="ReportOptions.Formats"/>.</summary>
    string Format { get; }

    string FileName { get; }

    /// <summary>The files the report needs: more than one where a reader refuses large files.</summary>
    IReadOnlyList<IReportWriter> Parts(IntegrationReport report) => [this];

    void Write(IntegrationReport report, Stream output);
}
