using IntegrationKit.Building;
using IntegrationKit.Comparing;
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
            journals = [.. journals];
            if (ReportMaker.Make(journals, options, problems) is not { Report: var report })
            {
                problems.Add("There is no readable journal, so there is no report.");
                return new ReportFilesResult(null, [], problems);
            }

            var written = Write(report, folder, options, problems);
            AttachmentFiles.Bring(report, journals, folder, problems);
            return new ReportFilesResult(report, written, problems);
        }
        catch (Exception exception)
        {
            problems.Add($"The report could not be made: {exception.GetType().Name}: {exception.Message} at {Facts.Fingerprints.OurFrame(exception.StackTrace)}");
            return new ReportFilesResult(null, [], problems);
        }
    }

    public static IReadOnlyList<string> Write(IntegrationReport report, string folder, ReportOptions options, ICollection<string> problems) =>
        Write(options.Normalize ? Normalizer.Apply(report) : report, folder, Writers.Where(w => options.Formats.Contains(w.Format)), problems);

    public static IReadOnlyList<string> Write(IntegrationReport report, string folder, IEnumerable<IReportWriter> writers, ICollection<string> problems)
    {
        var files = writers.SelectMany(writer => writer.Parts(report)).Select(writer => (Writer: writer, Path: Path.Combine(folder, writer.FileName))).ToList();
        RemoveOldParts(folder, [.. files.Select(file => file.Writer.FileName)], problems);
        var failures = new Exception?[files.Count];
        Parallel.For(0, files.Count, i =>
        {
            try
            {
                Directory.CreateDirectory(folder);
                WriteWhole(files[i].Path, output => files[i].Writer.Write(report, output));
            }
            catch (Exception exception)
            {
                failures[i] = exception;
            }
        });
        // A full disk is one problem, however many files it costs.
        foreach (var failed in files.Select((file, i) => (file.Writer.FileName, Failure: failures[i])).Where(file => file.Failure is not null).GroupBy(file => Reason(file.Failure!), StringComparer.Ordinal))
        {
            problems.Add($"{string.Join(", ", failed.Select(file => file.FileName))} could not be written to {folder}: {failed.Key}");
        }

        return [.. files.Where((_, i) => failures[i] is null).Select(file => file.Path)];
    }

    /// <summary>What went wrong, without the name of the file, which .NET puts at the end of its messages.</summary>
    public static string Reason(Exception exception)
    {
        var path = exception is IOException ? exception.Message.IndexOf(" : '", StringComparison.Ordinal) : -1;
        return exception is IOException ? (path < 0 ? exception.Message : exception.Message[..path] + ".") : $"{exception.GetType().Name}: {exception.Message}";
    }

    /// <summary>Parts that an earlier, larger report left here would be read as part of this one.</summary>
    private static void RemoveOldParts(string folder, HashSet<string> names, ICollection<string> problems)
    {
        try
        {
            if (names.Contains("junit.xml") && Directory.Exists(folder))
            {
                Directory.GetFiles(folder, "junit-???.xml").Where(path => !names.Contains(Path.GetFileName(path))).ToList().ForEach(File.Delete);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"Old files in {folder} could not be removed: {exception.Message}");
        }
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
