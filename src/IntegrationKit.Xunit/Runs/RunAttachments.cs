using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Redaction;
using Xunit.Sdk;
using TestAttachment = IntegrationKit.Journal.TestAttachment;
using TestAttachmentContent = Xunit.Sdk.TestAttachment;

namespace IntegrationKit.Runs;

/// <summary>
/// Copies what tests attached into <c>attachments/</c> beside the report, named by content, texts without secrets. Never
/// throws: an attachment that cannot be kept becomes a warning of its test. Thread-safe.
/// </summary>
internal sealed class RunAttachments(string? folder, Redactor redactor, int maximumBytes = RunAttachments.MaximumBytes, long maximumTotal = RunAttachments.MaximumTotal)
{
    public const int MaximumBytes = 10 * 1024 * 1024;
    public const long MaximumTotal = 500L * 1024 * 1024;

    private long total;

    public TestFinished Add(TestFinished result, IReadOnlyDictionary<string, TestAttachmentContent> attachments)
    {
        if (attachments.Count == 0 || folder is null)
        {
            return result;
        }

        List<TestAttachment> kept = [];
        List<string> warnings = [.. result.Warnings ?? []];
        foreach (var (name, content) in attachments.OrderBy(attachment => attachment.Key, StringComparer.Ordinal))
        {
            try
            {
                kept.Add(Save(folder, name, content));
            }
            catch (Exception exception)
            {
                warnings.Add($"The attachment '{name}' was not kept: {exception.Message}");
            }
        }

        return result with { Attachments = kept.Count == 0 ? null : kept, Warnings = warnings.Count == 0 ? null : warnings };
    }

    private TestAttachment Save(string reportFolder, string title, TestAttachmentContent attachment)
    {
        var (mediaType, content) = attachment.AttachmentType == TestAttachmentType.String
            ? ("text/plain", Encoding.UTF8.GetBytes(attachment.AsString()))
            : (attachment.AsByteArray().MediaType, attachment.AsByteArray().ByteArray);
        if (content.Length > maximumBytes)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"it has {content.Length} bytes, and {maximumBytes} is the most that is kept of one."));
        }

        content = AttachmentText.Is(mediaType) ? AttachmentText.Masked(content, redactor) : content;
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        var name = hash[..16] + Extension(mediaType);
        var path = Path.Combine(reportFolder, AttachmentPath.Folder, name);
        if (!File.Exists(path))
        {
            if (Interlocked.Add(ref total, content.Length) > maximumTotal)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"attachments of this run already fill the {maximumTotal} bytes that are kept in all."));
            }

            Write(path, content);
        }

        return new TestAttachment(title, mediaType, $"{AttachmentPath.Folder}/{name}", content.Length, hash);
    }

    /// <summary>Whole or not at all, whoever else writes the same content at the same time.</summary>
    private static void Write(string path, byte[] content)
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
        var temporary = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
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
