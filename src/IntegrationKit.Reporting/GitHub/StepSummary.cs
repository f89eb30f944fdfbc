using System.Text;
using IntegrationKit.Model;
using IntegrationKit.Writers;

namespace IntegrationKit.GitHub;

/// <summary>
/// The job summary of GitHub Actions: our region of the file is replaced in place, what others wrote stays, and the file
/// never grows over its limit (GitHub drops a summary over 1 MiB as a whole, silently).
/// </summary>
internal static class StepSummary
{
    public const string PathVariable = "GITHUB_STEP_SUMMARY";
    public const int ByteLimit = 900 * 1024;
    private const string Start = "<!-- integrationkit:start -->";
    private const string End = "<!-- integrationkit:end -->";

    /// <summary>False, with a reason, when nothing could be written.</summary>
    public static bool TryWrite(string path, IntegrationReport report, out string? problem)
    {
        try
        {
            using var guard = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            var others = WithoutOurs(File.Exists(path) ? File.ReadAllText(path) : "");
            var room = ByteLimit - Encoding.UTF8.GetByteCount(others) - 200;
            if (room < 1024)
            {
                problem = $"The step summary already holds {Encoding.UTF8.GetByteCount(others)} bytes of others; nothing was added.";
                return false;
            }

            var text = $"{others}{Start}\n{MarkdownWriter.Compose(report, Math.Min(room, MarkdownWriter.ByteLimit))}\n{End}\n";
            ReportFiles.WriteWhole(path, output => output.Write(Encoding.UTF8.GetBytes(text)));
            problem = null;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"The step summary could not be written: {exception.Message}";
            return false;
        }
    }

    private static string WithoutOurs(string text)
    {
        var start = text.IndexOf(Start, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        return start < 0 || end < start ? text : text[..start] + text[(end + End.Length)..].TrimStart('\n');
    }
}
