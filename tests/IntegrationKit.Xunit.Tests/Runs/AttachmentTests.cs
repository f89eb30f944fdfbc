using System.Text;
using IntegrationKit.Journal;
using IntegrationKit.Redaction;
using Content = Xunit.Sdk.TestAttachment;

namespace IntegrationKit.Runs;

public sealed class AttachmentTests : IDisposable
{
    private const string Secret = "s3cr3t-Wörd/+x";
    private readonly string folder = Directory.CreateTempSubdirectory("ik-attachments-").FullName;
    private readonly Redactor redactor = new();

    public AttachmentTests() => redactor.Register(Secret);

    public static TheoryData<string, string> Texts => new()
    {
        { "text/plain", "utf-8" }, { "text/html", "utf-8" }, { "application/json", "utf-8" }, { "application/problem+json", "utf-8" },
        { "application/xml", "utf-16" }, { "image/svg+xml", "utf-8" }, { "text/csv", "iso-8859-1" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Bytes_of_a_text_type_are_searched_for_secrets(string mediaType, string encodingName)
    {
        var encoding = Encoding.GetEncoding(encodingName);
        var saved = Save(mediaType, [.. encoding.GetPreamble(), .. encoding.GetBytes($"before é {Secret} after")]);

        encoding.GetString(saved).Should().EndWith("before é *** after");
    }

    [Fact]
    public void Bytes_of_another_type_and_texts_without_secrets_stay_as_they_are()
    {
        byte[] content = [0x89, 0x50, 0, 0xff, .. Encoding.UTF8.GetBytes("nothing here")];

        Save("image/png", content).Should().Equal(content);
        Save("application/json", content).Should().Equal(content);
    }

    [Fact]
    public void The_same_content_from_many_tests_at_once_is_one_whole_file()
    {
        var attachments = new RunAttachments(folder, redactor);
        var content = Content.Create(new byte[200_000], "application/octet-stream");

        var kept = Enumerable.Range(0, 200).AsParallel().WithDegreeOfParallelism(8)
            .Select(_ => attachments.Add(Passed, new Dictionary<string, Content> { ["a"] = content })).ToList();

        kept.Should().OnlyContain(finished => finished.Warnings == null && finished.Attachments!.Count == 1);
        Directory.GetFiles(Path.Combine(folder, "attachments")).Should().ContainSingle().Which.Should().Match(path => new FileInfo(path).Length == 200_000);
    }

    [Fact]
    public void What_cannot_be_kept_is_a_warning_of_its_test_and_costs_nothing_else()
    {
        File.WriteAllText(Path.Combine(folder, "attachments"), "a file where the folder should be");

        var finished = Add(new RunAttachments(folder, redactor), ("a", 10));

        finished.Status.Should().Be(TestStatus.Passed);
        finished.Attachments.Should().BeNull();
        finished.Warnings.Should().ContainSingle().Which.Should().StartWith("The attachment 'a' was not kept: ");
    }

    [Fact]
    public void Too_much_is_a_warning_with_the_limit()
    {
        var attachments = new RunAttachments(folder, redactor, maximumBytes: 100, maximumTotal: 150);

        var finished = Add(attachments, ("fits", 100), ("large", 101));
        var next = Add(attachments, ("full", 60));

        finished.Attachments.Should().ContainSingle().Which.Name.Should().Be("fits");
        finished.Warnings.Should().ContainSingle().Which.Should().Be("The attachment 'large' was not kept: it has 101 bytes, and 100 is the most that is kept of one.");
        next.Warnings.Should().ContainSingle().Which.Should().Contain("'full'").And.Contain("150 bytes that are kept in all");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static TestFinished Passed => new() { Execution = "t@1", Status = TestStatus.Passed };

    private static TestFinished Add(RunAttachments attachments, params (string Name, int Bytes)[] files) => attachments.Add(
        Passed, files.ToDictionary(file => file.Name, file => Content.Create([.. Enumerable.Repeat((byte)file.Bytes, file.Bytes)], "application/octet-stream")));

    private byte[] Save(string mediaType, byte[] content)
    {
        var finished = new RunAttachments(folder, redactor).Add(
            Passed,
            new Dictionary<string, Content> { ["a"] = Content.Create(content, mediaType) });
        var attachment = finished.Attachments.Should().ContainSingle().Subject;
        attachment.ContentType.Should().Be(mediaType);
        return File.ReadAllBytes(Path.Combine(folder, attachment.Path));
    }
}
