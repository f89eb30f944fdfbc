using System.Security.Cryptography;
using System.Text;
using IntegrationKit.Journal;
using IntegrationKit.Redaction;
using Xunit.Sdk;
using TestAttachment = IntegrationKit.Journal.TestAttachment;
using TestAttachmentContent = Xunit.Sdk.TestAttachment;

namespace IntegrationKit.Runs;

/// <summary>Copies what tests attached into <c>attachments/</c> beside the report, named by content, texts without secrets.</summary>
internal sealed class RunAttachments(string? folder, Redactor redactor)
{
    private const int MaximumBytes = 10 * 1024 * 1024;

    public TestFinished Add(TestFinished result, IReadOnlyDictionary<string, TestAttachmentContent> attachments) =>
        attachments.Count == 0 || folder is null ? result : result with { Attachments = [.. attachments.Select(Save).OfType<TestAttachment>()] };

    private TestAttachment? Save(KeyValuePair<string, TestAttachmentContent> attachment)
    {
        var (mediaType, content) = attachment.Value.AttachmentType == TestAttachmentType.String
            ? ("text/plain", Encoding.UTF8.GetBytes(redactor.Redact(attachment.Value.AsString()) ?? ""))
            : (attachment.Value.AsByteArray().MediaType, attachment.Value.AsByteArray().ByteArray);
        if (content.Length > MaximumBytes)
        {
            return null;
        }

        if (attachment.Value.AttachmentType != TestAttachmentType.String && AttachmentText.Is(mediaType))
        {
            content = AttachmentText.Masked(content, redactor);
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        var name = hash[..16] + Extension(mediaType);
        var path = Path.Combine(folder!, "attachments", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
        {
            File.WriteAllBytes(path, content);
        }

        return new TestAttachment(attachment.Key, mediaType, "attachments/" + name, content.Length, hash);
    }

    private static string Extension(string mediaType) => mediaType switch
    {
        "text/plain" => ".txt",
        "application/json" => ".json",
        "image/png" => ".png",
        "image/jpeg" => ".jpg",
        _ => ".bin",
    };
}
