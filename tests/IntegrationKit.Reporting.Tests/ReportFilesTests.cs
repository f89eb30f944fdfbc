using System.Text.Json;
using IntegrationKit.Journal;
using IntegrationKit.Model;
using IntegrationKit.Samples;

namespace IntegrationKit;

public sealed class ReportFilesTests
{
    [Fact]
    public void A_run_becomes_five_files_with_seven_sections()
    {
        using var run = ShopRun.Record();

        var result = run.Write();

        result.Problems.Should().BeEmpty();
        result.Paths.Select(Path.GetFileName).Should().Equal("report.json", "report.md", "report.html", "ctrf.json", "junit.xml");
        using var json = JsonDocument.Parse(File.ReadAllBytes(result.Paths[0]));
        json.RootElement.EnumerateObject().Select(p => p.Name).Should().ContainInOrder(
            "testScope", "testEnvironment", "testsWritten", "testResults", "coverage", "issues", "recommendations");
        File.ReadAllText(result.Paths[2]).Should().ContainAll("Test Scope", "Test Environment", "Tests Written", "Test Results", "Coverage", "Issues Found", "Recommendations");
        Directory.GetFiles(Path.GetDirectoryName(result.Paths[0])!, "*.tmp").Should().BeEmpty();
    }

    [Fact]
    public void The_same_journal_gives_the_same_bytes()
    {
        using var run = ShopRun.Record();
        var first = run.Write().Paths.Select(File.ReadAllBytes).ToList();

        var second = run.Write().Paths.Select(File.ReadAllBytes).ToList();

        second.Should().BeEquivalentTo(first, o => o.WithStrictOrdering());
    }

    [Fact]
    public void The_json_reads_back_as_the_same_report()
    {
        using var run = ShopRun.Record();
        var result = run.Write();
        var bytes = File.ReadAllBytes(result.Paths[0]);

        var read = JsonSerializer.Deserialize(bytes, ReportJson.Canonical.IntegrationReport)!;

        JsonSerializer.SerializeToUtf8Bytes(read, ReportJson.Canonical.IntegrationReport).Should().Equal(bytes[..^1]);
    }

    [Fact]
    public void A_writer_that_throws_does_not_stop_the_others()
    {
        using var run = ShopRun.Record();
        var report = run.Report();
        List<string> problems = [];

        var paths = ReportFiles.Write(report, run.Folder, [new FailingWriter(), new Writers.JsonReportWriter()], problems);

        paths.Should().ContainSingle().Which.Should().EndWith("report.json");
        problems.Should().ContainSingle().Which.Should().Contain("half.txt").And.Contain("disk on fire");
        Directory.GetFiles(run.Folder, "half*").Should().BeEmpty();
    }

    [Fact]
    public void An_unwritable_folder_is_a_problem_and_not_an_exception()
    {
        using var run = ShopRun.Record();
        var file = Path.Combine(run.Folder, "a-file");
        File.WriteAllText(file, "");

        var result = ReportFiles.Write(run.Journal, Path.Combine(file, "out"));

        result.Paths.Should().BeEmpty();
        result.Problems.Should().ContainSingle().Which.Should().StartWith("report.json, report.md, report.html, ctrf.json, junit.xml could not be written to " + file);
        result.Report.Should().NotBeNull();
    }

    [Fact]
    public void A_missing_journal_is_a_problem_and_not_an_exception()
    {
        var result = ReportFiles.Write("no/such/journal.jsonl", "no/such/out");

        result.Report.Should().BeNull();
        result.Problems.Should().HaveCount(2);
    }

    [Fact]
    public void A_journal_of_another_major_version_is_left_out_with_a_reason()
    {
        using var run = ShopRun.Record();
        var text = File.ReadAllText(run.Journal);
        File.WriteAllText(run.Journal, text.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal));

        var result = run.Write();

        result.Problems[0].Should().Contain("version 2").And.Contain("left out");
    }

    [Fact]
    public void Garbage_lines_are_counted_and_the_rest_is_reported()
    {
        using var run = ShopRun.Record();
        var lines = File.ReadAllLines(run.Journal).ToList();
        lines.Insert(5, "}}garbage{{");
        lines.RemoveAt(20);
        File.WriteAllLines(run.Journal, lines);

        var report = run.Report();

        report.Issues.Should().ContainSingle(i => i.RuleId == "IK1005").Which.Message.Should().Contain("1 unreadable line, 1 missing event");
        report.TestResults.Tests.Should().NotBeEmpty();
    }

    private sealed class FailingWriter : Writers.IReportWriter
    {
        public string Format => "half";

        public string FileName => "half.txt";

        public void Write(IntegrationReport report, Stream output)
        {
            output.WriteByte(1);
            throw new IOException("disk on fire");
        }
    }

    [Fact]
    public void A_large_suite_is_divided_over_junit_files_in_order_and_without_loss()
    {
        using var run = ShopRun.Record();
        var tests = run.Report().TestResults.Tests;

        var parts = Writers.JUnitParts.Split(tests, cases: 2);

        parts.Select(part => part.Count).Should().Equal(2, 2, 1);
        parts.SelectMany(part => part).Should().Equal(tests);
        Writers.JUnitParts.Split(tests, bytes: 1).Should().HaveCount(5);
        Writers.JUnitParts.Split([]).Should().ContainSingle();
        new Writers.JUnitWriter(parts[2], 3).FileName.Should().Be("junit-003.xml");
    }
}
