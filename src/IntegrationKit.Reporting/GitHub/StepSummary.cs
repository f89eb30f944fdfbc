using System.Text;
using IntegrationKit.Model;
using IntegrationKit.Writers;

namespace IntegrationKit.GitHub;

/// <summary>
/// The job summary of GitHub Actions: the region of the report's suite is replaced in place, what others wrote stays, and
/// the file never grows over its limit (GitHub drops a summary over 1 MiB as a whole, silently).
/// </summary>
internal static class StepSummary
{
    public const string PathVariable = "GITHUB_STEP_SUMMARY";
    public const int ByteLimit = 900 * 1024;
    private const int WorthWriting = 1024;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    /// <summary>False, with a reason, when nothing could be written.</summary>
    public static bool TryWrite(string path, IntegrationReport report, out string? problem)
    {
        try
        {
            using var guard = Lock(path + ".lock");
            var others = File.Exists(path) ? File.ReadAllText(path) : "";
            var text = Compose(others, report);
            problem = text is null ? $"The step summary already holds {Encoding.UTF8.GetByteCount(others)} bytes; nothing was added." : null;
            if (text is not null)
            {
                ReportFiles.WriteWhole(path, output => output.Write(Encoding.UTF8.GetBytes(text)));
            }

            return text is not null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"The step summary could not be written: {exception.Message}";
            return false;
        }
    }

    /// <summary>Null when there is no room.</summary>
    private static string? Compose(string text, IntegrationReport report)
    {
        var region = SummaryRegion.Of(report);
        var (before, after) = region.Split(text);
        var room = ByteLimit - Encoding.UTF8.GetByteCount(before) - Encoding.UTF8.GetByteCount(after) - region.Overhead;
        if (room < WorthWriting)
        {
            return null;
        }

        var own = MarkdownWriter.Compose(report, Math.Min(room, MarkdownWriter.ByteLimit));
        return Encoding.UTF8.GetByteCount(own) > room ? null : before + region.Around(own) + after;
    }

    /// <summary>
    /// Waits for the suites that end at the same moment. The file stays: whoever waits for one that is deleted would hold a
    /// lock that the next process does not see.
    /// </summary>
    private static FileStream Lock(string path)
    {
        FileStream? guard = null;
        IOException? held = null;
        SpinWait.SpinUntil(
            () =>
            {
                try
                {
                    guard = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
                }
                catch (IOException exception) when (exception.GetType() == typeof(IOException))
                {
                    held = exception; // what derives from it (no such folder) does not go away by waiting
                }

                return guard is not null;
            },
            Deadline);
        return guard ?? throw held!;
    }
}
