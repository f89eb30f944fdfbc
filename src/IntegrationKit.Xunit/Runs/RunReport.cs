using IntegrationKit.Journal;

namespace IntegrationKit.Runs;

/// <summary>
/// The report folder of a run: the journal while it lasts, the report files at its end. Never throws; a folder that cannot
/// be written costs the report, not the tests.
/// </summary>
internal sealed class RunReport
{
    /// <summary>Set to 1 to keep the journal of a finished run beside its report.</summary>
    public const string KeepJournalVariable = "INTEGRATIONKIT_KEEP_JOURNAL";

    private readonly Lock gate = new();
    private readonly List<string> problems = [];

    private RunReport(string folder) => Folder = folder;

    public string Folder { get; }

    public JournalWriter? Journal { get; private set; }

    public bool IsWritable => Journal is not null;

    public static RunReport Open(string folder, string runId)
    {
        var report = new RunReport(folder);
        try
        {
            var journals = Directory.CreateDirectory(Path.Combine(folder, "journal"));
            report.Journal = new JournalWriter(Path.Combine(journals.FullName, $"{runId}.{Environment.ProcessId}.jsonl"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            report.problems.Add($"The report folder '{folder}' cannot be written: {exception.Message} "
                + $"Set {ReportFolder.EnvironmentVariable} to a writable folder.");
        }

        return report;
    }

    /// <summary>Writes all report files from the journal.</summary>
    public void Write(bool keepJournal)
    {
        if (Journal is null)
        {
            return;
        }

        lock (gate)
        {
            if (!keepJournal && Environment.GetEnvironmentVariable(KeepJournalVariable) is not "1")
            {
                Delete(Journal.Path);
            }
        }
    }

    /// <summary>Tells where the report is, and what went wrong, once, at the end of the run.</summary>
    public void Announce(Exception? firstProblem)
    {
        if (firstProblem is not null)
        {
            problems.Add($"Something in the recording failed: {firstProblem.GetType().Name}: {firstProblem.Message}");
        }

        var output = problems.Count == 0 ? Console.Out : Console.Error;
        foreach (var problem in problems)
        {
            output.Write($"IntegrationKit: {problem}\n");
        }

        if (IsWritable)
        {
            Console.Out.Write($"Integration report: {Path.Combine(Folder, "report.html")}\n");
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The journal of a finished run is only a left-over file.
        }
    }
}
