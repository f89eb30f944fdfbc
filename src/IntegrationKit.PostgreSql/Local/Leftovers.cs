using System.Globalization;

namespace IntegrationKit.Local;

/// <summary>
/// Folders and servers of runs that died together with their watchdog. Something is an orphan only when its lock can be
/// taken, and a process is ended only when its command line names the orphaned folder.
/// </summary>
internal static class Leftovers
{
    /// <summary>Removes what nobody owns any more; never throws. Returns what it removed.</summary>
    public static IReadOnlyList<string> Sweep()
    {
        List<string> removed = [];
        foreach (var root in RuntimeFolder.Roots().Where(Directory.Exists))
        {
            foreach (var lockFile in Directory.EnumerateFiles(root, "*.lock"))
            {
                try
                {
                    if (TryRemove(lockFile))
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

    /// <summary>Folders that nobody owns any more.</summary>
    public static IReadOnlyList<string> Find() =>
    [
        .. RuntimeFolder.Roots().Where(Directory.Exists)
            .SelectMany(root => Directory.EnumerateFiles(root, "*.lock"))
            .Where(IsFree)
            .Select(lockFile => lockFile[..^".lock".Length]),
    ];

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
