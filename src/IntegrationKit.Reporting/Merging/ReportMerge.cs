using IntegrationKit.Building;

namespace IntegrationKit.Merging;

/// <summary>
/// Many journals, one report. The journals are copied beside the report, so that it can itself be merged; because only
/// the set of journals matters, merging in any order, in any grouping and twice gives the same report.
/// </summary>
internal static class ReportMerge
{
    public static ReportFilesResult Write(IEnumerable<string> sources, string folder, ReportOptions options, Action<int, int>? progress = null)
    {
        List<string> problems = [];
        try
        {
            var journals = Find(sources, problems);
            if (ReportMaker.Make(journals, options, problems, progress) is not { } made)
            {
                problems.Add("There is no readable journal, so there is nothing to merge.");
                return new ReportFilesResult(null, [], problems);
            }

            var written = ReportFiles.Write(made.Report, folder, options, problems);
            AttachmentFiles.Bring(made.Report, journals, folder, problems);
            Keep(journals, made.Digests, folder);
            return new ReportFilesResult(made.Report, written, problems);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"Merging failed: {exception.Message}");
            return new ReportFilesResult(null, [], problems);
        }
    }

    /// <summary>Journal files, report folders, or folders that hold report folders (as CI downloads artifacts).</summary>
    public static IReadOnlyList<string> Find(IEnumerable<string> sources, ICollection<string> problems)
    {
        List<string> found = [];
        foreach (var source in sources)
        {
            var before = found.Count;
            if (File.Exists(source))
            {
                found.Add(source);
            }
            else if (Directory.Exists(source))
            {
                found.AddRange(Directory.EnumerateFiles(source, "*.jsonl", SearchOption.AllDirectories)
                    .Where(path => Path.GetFileName(path) != Comparing.RunHistory.FileName));
            }

            if (found.Count == before)
            {
                problems.Add($"'{source}' holds no journal (*.jsonl).");
            }
        }

        return [.. found.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static void Keep(IReadOnlyList<string> journals, HashSet<string> digests, string folder)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, JournalFolder.Name)).FullName;
        foreach (var journal in journals)
        {
            var digest = JournalSet.Digest(journal);
            if (digests.Remove(digest))
            {
                var copy = Path.Combine(target, digest[..16] + ".jsonl");
                if (!File.Exists(copy) && Path.GetDirectoryName(journal) != target)
                {
                    File.Copy(journal, copy);
                }
            }
        }
    }
}
