using IntegrationKit.Building;
using IntegrationKit.Model;
using IntegrationKit.Writers;
using IntegrationKit.Writers.Html;

namespace IntegrationKit;

/// <summary>What was written, and what could not be.</summary>
internal sealed record ReportFilesResult(IntegrationReport? Report, IReadOnlyList<string> Paths, IReadOnlyList<string> Problems);

/// <summary>
/// Journals in, files out. Never throws: reporting must not fail a run. Every file appears whole or not at all, and a
/// format that fails does not keep the others from being written.
/// </summary>
internal static class ReportFiles
{
    private static readonly IReadOnlyList<IReportWriter> Writers =
        [new JsonReportWriter(), new MarkdownWriter(), new HtmlReportWriter(), new CtrfWriter(), new JUnitWriter(), new SarifWriter()];

    public static ReportFilesResult Write(string journal, string folder, ReportOptions? options = null) => Write([journal], folder, options);

    public static ReportFilesResult Write(IEnumerable<string> journals, string folder, ReportOptions? options = null)
    {
        options ??= ReportOptions.Default;
        List<string> problems = [];
        try
        {
            var facts = JournalSet.Read(journals, problems);
            if (facts.Runs.Count == 0)
            {
                problems.Add("There is no readable journal, so there is no report.");
                return new ReportFilesResult(null, [], problems);
            }

            var report = options.Finish(ReportBuilder.Build(facts, options));
            return new ReportFilesResult(report, Write(report, folder, options, problems), problems);
        }
        catch (Exception exception)
        {
            problems.Add($"The report could not be made: {exception.GetType().Name}: {exception.Message} at {Facts.Fingerprints.OwnFrame(exception.StackTrace)}");
            return new ReportFilesResult(null, [], problems);
        }
    }

    public static IReadOnlyList<string> Write(IntegrationReport report, string folder, ReportOptions options, ICollection<string> problems) =>
        Write(report, folder, Writers.Where(w => options.Formats.Contains(w.Format)), problems);

    public static IReadOnlyList<string> Write(IntegrationReport report, string folder, IEnumerable<IReportWriter> writers, ICollection<string> problems)
    {
        List<string> paths = [];
        foreach (var writer in writers)
        {
            var path = Path.Combine(folder, writer.FileName);
            try
            {
                Directory.CreateDirectory(folder);
                WriteWhole(path, output => writer.Write(report, output));
                paths.Add(path);
            }
            catch (Exception exception)
            {
                problems.Add($"{path} could not be written: {exception.GetType().Name}: {exception.Message}");
            }
        }

        return paths;
    }

    /// <summary>To a file beside it, then renamed: a reader never sees half a report.</summary>
    public static void WriteWhole(string path, Action<Stream> write)
    {
        var temporary = path + ".tmp";
        try
        {
            using (var output = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024))
            {
                write(output);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
