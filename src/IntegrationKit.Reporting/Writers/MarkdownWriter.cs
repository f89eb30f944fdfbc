using System.Text;
using IntegrationKit.Model;

namespace IntegrationKit.Writers;

/// <summary>A summary for people, pull requests and CI: what is wrong first, seven sections, at most 64 KiB.</summary>
internal sealed class MarkdownWriter : IReportWriter
{
    public const int ByteLimit = 64 * 1024;

    public string Format => "md";

    public string FileName => "report.md";

    public void Write(IntegrationReport report, Stream output)
    {
        var bytes = Encoding.UTF8.GetBytes(Compose(report, ByteLimit));
        output.Write(bytes);
    }

    /// <summary>As many failures, issues and rows as fit; every list says how many it left out.</summary>
    public static string Compose(IntegrationReport report, int byteLimit)
    {
        foreach (var detail in new[] { new Detail(20, 40, 30, 40), new Detail(10, 20, 15, 20), new Detail(5, 8, 6, 10), new Detail(2, 3, 2, 5) })
        {
            var text = new MarkdownSections(report, detail).Compose();
            if (Encoding.UTF8.GetByteCount(text) <= byteLimit)
            {
                return text;
            }
        }

        return new MarkdownSections(report, new Detail(0, 0, 0, 0)).Header();
    }
}

/// <summary>How many of each kind are listed in full.</summary>
internal sealed record Detail(int Failures, int Issues, int Recommendations, int Rows);
