using System.Globalization;
using IntegrationKit.Databases;

namespace IntegrationKit.Local;

/// <summary>
/// Folders and servers of runs that died together with their watchdog. Something is an orphan only when its lock can be
/// taken, and a process is ended only when its command line names the orphaned folder.
/// </summary>
internal static class Leftovers
{
    /// <summary>Removes what nobody owns any more; never throws. Returns what it removed.</summary>
    // keptToo: Also servers that hold kept databases; otherwise only when they have been kept for a day.
    public static IReadOnlyList<string> Sweep(bool keptToo = false)
    {
        List<string> removed = [];
        foreach (var root in RuntimeFolder.Roots().Where(Directory.Exists))
        {
            foreach (var lockFile in Directory.EnumerateFiles(root, "*.lock"))
            {
                try
                {
                    if ((keptToo || !IsKept(lockFile)) && TryRemove(lockFile))
                    {
                        removed.Add(lockFile[..^".lock".Length]);
                    }
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    // Its owner lives, or it is not ours.
                }
            }
        }

        return removed;
    }

    /// <summary>Folders that nobody owns any more: those that hold kept databases, or the others.</summary>
    public static IReadOnlyList<string> Find(bool kept) =>
    [
        .. RuntimeFolder.Roots().Where(Directory.Exists)
            .SelectMany(root => Directory.EnumerateFiles(root, "*.lock"))
            .Where(lockFile => IsKept(lockFile) == kept && IsFree(lockFile))
            .Select(lockFile => lockFile[..^".lock".Length]),
    ];

    private static bool IsKept(string lockFile)
    {
        var mark = Path.Combine(lockFile[..^".lock".Length], RuntimeFolder.LiveOnName);
        return File.Exists(mark) && TimeProvider.System.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(mark) < KeptDatabases.KeptFor;
    }

    private static bool IsFree(string lockFile)
    {
        try
        {
            using var taken = new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool TryRemove(string lockFile)
    {
        using var taken = new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var folder = lockFile[..^".lock".Length];
        EndServer(folder);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        File.Delete(lockFile);
        return true;
    }

    private static void EndServer(string folder)
    {
        var pidFile = Path.Combine(folder, "data", "postmaster.pid");
        if (!File.Exists(pidFile)
            || !int.TryParse(File.ReadLines(pidFile).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            || !CommandLine(pid).Contains(folder, StringComparison.Ordinal))
        {
            return;
        }

        using var kill = System.Diagnostics.Process.Start("kill", ["-QUIT", pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit(1000);
        var started = TimeProvider.System.GetTimestamp();
        SpinWait.SpinUntil(() => CommandLine(pid).Length == 0 || TimeProvider.System.GetElapsedTime(started).TotalSeconds > 2);
    }

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
