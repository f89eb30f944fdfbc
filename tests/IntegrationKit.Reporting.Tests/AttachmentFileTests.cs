using System.Security.Cryptography;
using IntegrationKit.Journal;
using IntegrationKit.Merging;
using IntegrationKit.Model;
using IntegrationKit.Samples;

namespace IntegrationKit;

public sealed class AttachmentFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ik-attached-").FullName;

    [Fact]
    public void Merging_brings_the_attachments_of_all_shards_and_merging_again_does_too()
    {
        using var first = Attached("one", "1/2");
        using var second = Attached("two", "2/2");
        var merged = Path.Combine(folder, "merged");

        ReportMerge.Write([first.Folder, second.Folder], merged, ReportOptions.Default).Problems.Should().BeEmpty();
        var again = ReportMerge.Write([merged], Path.Combine(folder, "again"), ReportOptions.Default);

        again.Problems.Should().BeEmpty();
        again.Report!.TestResults.Tests.SelectMany(test => test.Attachments!).Select(file => File.ReadAllText(Path.Combine(folder, "again", file.Path)))
            .Should().BeEquivalentTo("one", "two");
    }

    [Fact]
    public void The_report_of_an_interrupted_run_has_its_attachments_beside_it()
    {
        using var run = Attached("one", null, ends: false);
        var journal = Path.Combine(folder, JournalFolder.Name, "run.jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(journal)!);
        File.Copy(run.Journal, journal);
        Directory.Move(Path.Combine(run.Folder, "attachments"), Path.Combine(folder, "attachments"));
        List<string> problems = [];

        JournalFolder.FinishOthers(folder, null, problems);

        problems.Should().BeEmpty();
        Directory.GetFiles(Path.Combine(folder, "interrupted", "run", "attachments")).Should().ContainSingle();
    }

    [Fact]
    public void A_missing_or_changed_attachment_is_told_once()
    {
        using var run = Attached("one", null);
        File.WriteAllText(Directory.GetFiles(Path.Combine(run.Folder, "attachments")).Single(), "two");

        var result = run.Write();

        result.Problems.Should().ContainSingle().Which.Should().Contain("1 of the attachments").And.Contain("'log'");
        result.Paths.Should().HaveCount(5);
    }

    [Theory]
    [InlineData("../../secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("attachments/../report.json")]
    [InlineData("attachments/..")]
    [InlineData("attachments/")]
    [InlineData("attachments/a/b.txt")]
    [InlineData("attachments/a\\b.txt")]
    [InlineData("https://example.test/x.png")]
    public void A_path_outside_the_folder_is_refused(string path)
    {
        using var run = new SampleRun();
        var test = run.Start("A");
        run.Publish(new TestFinished { Execution = test, Status = TestStatus.Passed, Attachments = [new TestAttachment("bad", "text/plain", path, 3, "0")] });
        run.Done();

        var report = run.Report();

        report.TestResults.Tests.Should().ContainSingle().Which.Attachments.Should().BeNull();
        report.Issues.Should().ContainSingle(issue => issue.RuleId == "IK7004");
        foreach (var file in new[] { "junit.xml", "ctrf.json", "report.html" })
        {
            File.ReadAllText(Path.Combine(run.Folder, "out", file)).Should().NotContain(path == "attachments/" ? "ATTACHMENT|" : path);
        }
    }

    [Fact]
    public void What_earlier_runs_attached_goes_and_nothing_else()
    {
        using var run = Attached("one", null);
        var report = run.Report();
        var attachments = Path.Combine(run.Folder, "out", "attachments");
        File.WriteAllText(Path.Combine(attachments, "0123456789abcdef.txt"), "of an earlier run");
        File.WriteAllText(Path.Combine(attachments, "README.md"), "somebody's");

        AttachmentFiles.RemoveOthers(report, Path.Combine(run.Folder, "out"), []);

        Directory.GetFiles(attachments).Select(Path.GetFileName).Should().BeEquivalentTo("README.md", Path.GetFileName(report.TestResults.Tests[0].Attachments![0].Path));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static SampleRun Attached(string content, string? shard, bool ends = true)
    {
        var run = new SampleRun(shard: shard, shards: shard is null ? null : 2);
        var bytes = System.Text.Encoding.UTF8.GetBytes(content);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var path = $"attachments/{hash[..16]}.txt";
        Directory.CreateDirectory(Path.Combine(run.Folder, "attachments"));
        File.WriteAllBytes(Path.Combine(run.Folder, path), bytes);
        run.Publish(new TestFinished { Execution = run.Start(content), Status = TestStatus.Passed, Attachments = [new TestAttachment("log", "text/plain", path, bytes.Length, hash)] });
        return ends ? run.Done() : run.Abandon();
    }
}
