using System.Diagnostics;
using System.Globalization;
using System.Text;
using IntegrationKit.Journal;

namespace IntegrationKit;

/// <summary>
/// The <c>journal</c> folder beside a report. A finished run leaves its journal there, for merging; a killed run leaves
/// one without an end, which the next run or the tool turns into a report.
/// </summary>
internal static class JournalFolder
{
    public const string Name = "journal";

    public static IReadOnlyList<string> Find(string folder)
    {
        var journals = Path.Combine(folder, Name);
        string[] found = Directory.Exists(journals) ? Directory.GetFiles(journals, "*.jsonl")
            : Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.jsonl").Where(path => Path.GetFileName(path) != Comparing.RunHistory.FileName)]
            : [];
        Array.Sort(found, StringComparer.Ordinal);
        return found;
    }

    /// <summary>How long the journal of another suite is kept that was told to report here, too.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>
    /// Called when a new run begins: interrupted runs get their report in <c>interrupted/&lt;run&gt;</c>, journals of
    /// finished runs go, journals of processes that are still alive stay. So do those of other suites, for a while: their
    /// report is about to be replaced by this one's, and can be made anew from them. Never throws.
    /// </summary>
    public static IReadOnlyList<string> FinishOthers(string folder, string? ownJournal, ICollection<string> problems, string? suite = null)
    {
        List<string> written = [];
        foreach (var journal in Find(folder).Where(path => path != ownJournal))
        {
            try
            {
                if (!IsAbandoned(journal))
                {
                    continue;
                }

                if (HasEnd(journal))
                {
                    Remove(journal, suite, problems);
                    continue;
                }

                var target = Path.Combine(folder, "interrupted", Path.GetFileNameWithoutExtension(journal));
                var moved = Path.Combine(Directory.CreateDirectory(Path.Combine(target, Name)).FullName, Path.GetFileName(journal));
                File.Move(journal, moved, overwrite: true);
                var result = ReportFiles.Write(moved, target);
                foreach (var problem in result.Problems)
                {
                    problems.Add(problem);
                }

                written.AddRange(result.Paths);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add($"The journal {journal} of an earlier run could not be finished: {exception.Message}");
            }
        }

        return written;
    }

    private static void Remove(string journal, string? suite, ICollection<string> problems)
    {
        if (suite is not null && !IsOf(journal, suite) && Started(journal) is { } started && started.Assembly != suite && started.StartedAt > TimeProvider.System.GetUtcNow() - Kept)
        {
            problems.Add($"'{Path.GetDirectoryName(Path.GetDirectoryName(journal))}' had the report of {started.Assembly}, which is replaced by that of {suite}. "
                + "Give each suite a folder, for example with {assembly} in INTEGRATIONKIT_REPORT, or make one report of all with 'integrationkit report'.");
            return;
        }

        File.Delete(journal);
    }

    /// <summary>
    /// True when its first line names the suite: the usual case, told without reading JSON, for which the beginning of a run
    /// would pay with compiling.
    /// </summary>
    private static bool IsOf(string journal, string suite)
    {
        using var reader = new StreamReader(Open(journal));
        return reader.ReadLine()?.Contains($"\"assembly\":\"{suite}\"", StringComparison.Ordinal) == true;
    }

    /// <summary>True when another process that still runs writes to this folder.</summary>
    public static bool IsShared(string folder, string? ownJournal) => Find(folder).Any(path => path != ownJournal && !HasEnd(path) && !IsAbandoned(path));

    /// <summary>The last line says how the run ended, if it ended.</summary>
    public static bool HasEnd(string path)
    {
        using var file = Open(path);
        file.Position = Math.Max(0, file.Length - 16 * 1024);
        var tail = new byte[file.Length - file.Position];
        file.ReadExactly(tail);
        var lines = Encoding.UTF8.GetString(tail).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 0 && lines[^1].StartsWith("{\"e\":\"run.finished\"", StringComparison.Ordinal);
    }

    private static bool IsAbandoned(string path)
    {
        try
        {
            if ((Named(path) ?? Head(path)) is not var (processId, startedAt) || (OperatingSystem.IsLinux() && !Directory.Exists($"/proc/{processId}")))
            {
                return true;
            }

            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToUniversalTime() > startedAt.AddSeconds(2);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception or System.Text.Json.JsonException)
        {
            return true;
        }
    }

    /// <summary>A journal is named by its run's id, which begins with the time in milliseconds, and by its process.</summary>
    private static Writer? Named(string path) =>
        Path.GetFileNameWithoutExtension(path).Split('.') is [{ Length: 32 } run, var process] && run[12] == '7'
            && long.TryParse(run.AsSpan(0, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var milliseconds)
            && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new Writer(id, DateTime.UnixEpoch.AddMilliseconds(milliseconds))
            : null;

    private static Writer? Head(string path) => Started(path) is { } started ? new Writer(started.ProcessId, started.StartedAt.UtcDateTime) : null;

    private static RunStarted? Started(string path)
    {
        using var reader = new StreamReader(Open(path));
        return reader.ReadLine() is { } line && JournalLine.TryRead(Encoding.UTF8.GetBytes(line), out var first) ? first as RunStarted : null;
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private sealed record Writer(int ProcessId, DateTime StartedAt);
}
