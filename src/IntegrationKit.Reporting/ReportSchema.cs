namespace IntegrationKit;

/// <summary>The JSON Schema (draft 2020-12) of report.json, as it is in the package under <c>schema/</c>.</summary>
internal static class ReportSchema
{
    public static string Text { get; } = Load();

    private static string Load()
    {
        using var stream = typeof(ReportSchema).Assembly.GetManifestResourceStream("IntegrationKit.Report.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
