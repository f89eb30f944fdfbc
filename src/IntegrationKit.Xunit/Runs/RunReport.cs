using IntegrationKit.GitHub;
using IntegrationKit.Journal;
using IntegrationKit.Recording;

namespace IntegrationKit.Runs;

/// <summary>
/// The report folder of a run: the journal while it lasts, the report files at its end. Never throws; a folder that cannot
/// be written costs the report, not the tests.
/// </summary>
internal sealed class RunReport
{
    private readonly Lock gate = new();
    private readonly List<string> problems = [];
    private Lazy<IReadOnlyList<string>>? earlierRuns;
    private string? reportFile;
    private IReadOnlyList<string> annotations = [];

    private RunReport(string folder) => Folder = folder;

    public string Folder { get; }

    public JournalWriter? Journal { get; private set; }

    public bool IsWritable => Journal is not null;

    /// <summary>For a run that is not recorded.</summary>
    public static RunReport Off() => new("");

    public static RunReport Open(string folder, string runId, string suite)
    {
        var report = new RunReport(folder);
        try
        {
            var journals = Directory.CreateDirectory(Path.Combine(folder, "journal"));
            report.Journal = new JournalWriter(Path.Combine(journals.FullName, $"{runId}.{Environment.ProcessId}.jsonl"));
            // No test waits for what earlier runs left behind; the report does, for it tells what went wrong there.
            var own = report.Journal.Path;
            report.earlierRuns = new Lazy<IReadOnlyList<string>>(() => JournalFolder.FinishOthers(folder, own, report.problems, suite));
            _ = Task.Run(() => report.earlierRuns.Value);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            report.problems.Add($"The report folder '{folder}' cannot be written: {exception.Message} "
                + $"Set {ReportFolder.EnvironmentVariable} to a writable folder.");
        }

        return report;
    }

    /// <summary>Writes all report files from the journal. Called again, it replaces what it wrote before.</summary>
    public void Write() => Write(isLast: false);

    /// <summary>The same when no test runs any more: then what is in the folder and not in the report is of earlier runs.</summary>
    public void WriteLast() => Write(isLast: true);

    private void Write(bool isLast)
    {
        if (Journal is null)
        {
            return;
        }

        lock (gate)
        {
            FinishEarlierRuns();
            var target = Folder;
            if (JournalFolder.IsShared(Folder, Journal.Path))
            {
                target = Path.Combine(Folder, Path.GetFileNameWithoutExtension(Journal.Path));
                problems.Add($"Another run writes its report to '{Folder}' right now; the report of this run is in '{target}'.");
            }

            var result = ReportFiles.Write(Journal.Path, target);
            reportFile = result.Paths.FirstOrDefault(path => Path.GetFileName(path) == "report.html") ?? (result.Paths.Count > 0 ? result.Paths[0] : null);
            problems.AddRange(result.Problems);
            if (result.Report is { } report)
            {
                if (isLast && target == Folder)
                {
                    AttachmentFiles.RemoveOthers(report, Folder, problems);
                }

                PublishOnGitHub(report);
            }
        }
    }

    private void PublishOnGitHub(Model.IntegrationReport report)
    {
        annotations = Annotations.AreWanted ? Annotations.Of(report) : [];
        if (Environment.GetEnvironmentVariable(StepSummary.PathVariable) is { Length: > 0 } summary && !StepSummary.TryWrite(summary, report, out var problem))
        {
            problems.Add(problem!);
        }
    }

    private void FinishEarlierRuns()
    {
        try
        {
            _ = earlierRuns?.Value;
        }
        catch (Exception exception)
        {
            problems.Add($"Journals of earlier runs could not be finished: {exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <summary>Tells where the report is, and what went wrong in one warning, once, at the end of the run; on GitHub also at which lines.</summary>
    public void Announce(Exception? firstProblem, Recorder recorder)
    {
        problems.AddRange(recorder.Redactor.Problems);
        if (recorder.FirstFailure is { } failure)
        {
            problems.Add($"{recorder.Failures} events of this run could not be recorded: {ReportFiles.Reason(failure)} The tests are not affected. "
                + $"Make room there, or set {ReportFolder.EnvironmentVariable} to another folder.");
        }

        if (firstProblem is not null)
        {
            problems.Add($"Something in the recording failed: {firstProblem.GetType().Name}: {firstProblem.Message}");
        }

        if (problems.Count > 0)
        {
            Console.Error.Write($"IntegrationKit: {string.Join(" ", problems.Distinct(StringComparer.Ordinal))}\n");
        }

        if (reportFile is not null)
        {
            Console.Out.Write($"Integration report: {reportFile}\n");
        }

        // After our own line: a command of the workflow has to begin one, and a test may have left its last one open.
        foreach (var annotation in annotations)
        {
            Console.Out.Write($"{annotation}\n");
        }
    }
}
