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

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private byte[] Save(string mediaType, byte[] content)
    {
        var finished = new RunAttachments(folder, redactor).Add(
            new TestFinished { Execution = "t@1", Status = TestStatus.Passed },
            new Dictionary<string, Content> { ["a"] = Content.Create(content, mediaType) });
        var attachment = finished.Attachments.Should().ContainSingle().Subject;
        attachment.ContentType.Should().Be(mediaType);
        return File.ReadAllBytes(Path.Combine(folder, attachment.Path));
    }
}
