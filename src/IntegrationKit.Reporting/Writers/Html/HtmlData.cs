using System.Buffers;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using IntegrationKit.Model;

namespace IntegrationKit.Writers.Html;

/// <summary>
/// The tests as data: a columnar index that is inflated on opening, and chunks of whole tests that are inflated when
/// one of theirs is looked at. Base64 cannot end the script element it stands in.
/// </summary>
internal static class HtmlData
{
    public const int ChunkSize = 500;

    /// <summary>From this size on passed tests come without their details.</summary>
    private const long DetailLimit = 45_000_000;

    /// <summary>What the script needs to begin; it stands before the script, the chunks after it.</summary>
    public static void WriteIndex(TextWriter writer, IntegrationReport report) =>
        Block(writer, "ix", json => Index(json, report.TestResults.Tests));

    public static void WriteChunks(TextWriter writer, IntegrationReport report)
    {
        var tests = report.TestResults.Tests;
        long written = 0;
        for (var start = 0; start < tests.Count; start += ChunkSize)
        {
            var chunk = tests.Skip(start).Take(ChunkSize);
            if (written > DetailLimit)
            {
                chunk = chunk.Select(WithoutDetail);
            }

            written += Block(writer, $"d{start / ChunkSize}", json =>
            {
                json.WriteStartArray();
                foreach (var test in chunk)
                {
                    JsonSerializer.Serialize(json, test, ReportWriting.Default.TestResult);
                }

                json.WriteEndArray();
            });
        }
    }

    private static void Index(Utf8JsonWriter json, IReadOnlyList<TestResult> tests)
    {
        var classes = tests.Select(t => t.ClassName).Distinct(StringComparer.Ordinal).ToList();
        var numbers = classes.Select((name, index) => (name, index)).ToDictionary(p => p.name, p => p.index, StringComparer.Ordinal);
        json.WriteStartObject();
        json.WriteNumber("chunk", ChunkSize);
        Column(json, "classes", classes, static (j, v) => j.WriteStringValue(v));
        Column(json, "cls", tests, (j, t) => j.WriteNumberValue(numbers[t.ClassName]));
        Column(json, "names", tests.Select(Short).Chunk(ChunkSize), static (j, v) => j.WriteStringValue(string.Join('\n', v)));
        json.WriteString("st", string.Concat(tests.Select(t => t.Status switch { "passed" => 'p', "failed" => 'f', "error" => 'e', "skipped" => 's', _ => 'n' })));
        json.WriteString("fl", string.Concat(tests.Select(t => t.Flaky ? '1' : '0')));
        json.WriteString("bs", string.Concat(tests.Select(t => t.Baseline?.State switch { "new" => 'n', "regressed" => 'r', "fixed" => 'f', "still_failing" => 's', "changed_failure" => 'c', _ => '-' })));
        Column(json, "us", tests, static (j, t) => j.WriteNumberValue(t.DurationUs));
        Column(json, "ms", tests, static (j, t) => j.WriteNumberValue(t.StartOffsetUs / 1000));
        json.WriteString("ids", string.Concat(tests.Select(t => Key(t.TestId))));
        json.WriteEndObject();
    }

    /// <summary>Ten characters of the digest find a test among millions; the whole id is in the chunk.</summary>
    private static string Key(string testId) => testId.Length >= 13 ? testId.Substring(3, 10) : testId.PadRight(10, '_')[..10];

    /// <summary>On one line: the script finds the names by their lines.</summary>
    private static string Short(TestResult test)
    {
        var prefix = test.ClassName + ".";
        var name = test.Name.StartsWith(prefix, StringComparison.Ordinal) ? test.Name[prefix.Length..] : test.Name;
        return VisibleText.Of(name.Length > 200 ? name[..199] + "…" : name).Replace('\n', ' ');
    }

    private static void Column<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }

    private static TestResult WithoutDetail(TestResult test) => test.Status != "passed" ? test : test with
    {
        Output = "Left out to keep the page small: see report.json.",
        Interactions = null,
        Steps = null,
    };

    /// <summary>Says how many bytes it was.</summary>
    private static long Block(TextWriter writer, string id, Action<Utf8JsonWriter> write)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        using (var json = new Utf8JsonWriter(gzip, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(json);
        }

        writer.Write($"<script type=\"application/octet-stream\" id=\"{id}\">");
        var bytes = compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
        var buffer = ArrayPool<char>.Shared.Rent(48 * 1024 / 3 * 4);
        for (var offset = 0; offset < bytes.Length; offset += 48 * 1024)
        {
            Convert.TryToBase64Chars(bytes.Slice(offset, Math.Min(48 * 1024, bytes.Length - offset)), buffer, out var written);
            writer.Write(buffer, 0, written);
        }

        ArrayPool<char>.Shared.Return(buffer);
        writer.Write("</script>\n");
        return compressed.Length;
    }
}
