using System.Security.Cryptography;
using IntegrationKit.Facts;
using IntegrationKit.Model;

namespace IntegrationKit;

/// <summary>
/// Brings the attachments that a report names into its folder, from beside the journals it is made of. They are named by
/// their content, so that those of many shards lie in one folder and none is copied twice.
/// </summary>
internal static class AttachmentFiles
{
    /// <summary>A journal lies in <c>journal/</c> of its report's folder, that of a killed run in <c>interrupted/&lt;run&gt;/journal/</c>.</summary>
    private const int Levels = 4;

    /// <summary>Never throws: what cannot be found or copied is told once.</summary>
    public static void Bring(IntegrationReport report, IEnumerable<string> journals, string folder, ICollection<string> problems)
    {
        var named = report.TestResults.Tests.SelectMany(test => test.Attachments ?? []).DistinctBy(file => file.Path, StringComparer.Ordinal)
            .Where(file => !File.Exists(Path.Combine(folder, file.Path))).ToList();
        if (named.Count == 0)
        {
            return;
        }

        var places = journals.SelectMany(Around).Distinct(StringComparer.Ordinal).ToList();
        var missing = named.Where(file => !TryCopy(file, places, folder)).ToList();
        if (missing.Count > 0)
        {
            problems.Add($"{missing.Count} of the attachments that the report names could not be copied to it, for example {missing[0].Path} ('{missing[0].Name}'). "
                + "Keep the folder 'attachments' beside the folder 'journal'.");
        }
    }

    /// <summary>What earlier runs left there and this report does not name goes; files of other names are somebody else's.</summary>
    public static void RemoveOthers(IntegrationReport report, string folder, ICollection<string> problems)
    {
        try
        {
            var attachments = Path.Combine(folder, AttachmentPath.Folder);
            if (!Directory.Exists(attachments))
            {
                return;
            }

            var named = report.TestResults.Tests.SelectMany(test => test.Attachments ?? []).Select(file => Path.GetFileName(file.Path)).ToHashSet(StringComparer.Ordinal);
            foreach (var path in Directory.EnumerateFiles(attachments).Where(path => IsOurs(Path.GetFileNameWithoutExtension(path)) && !named.Contains(Path.GetFileName(path))))
            {
                File.Delete(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"Attachments of earlier runs in {folder} could not be removed: {exception.Message}");
        }
    }

    private static bool IsOurs(string name) => name.Length == 16 && name.All(char.IsAsciiHexDigitLower);

    private static IEnumerable<string> Around(string journal)
    {
        var place = Path.GetDirectoryName(Path.GetFullPath(journal));
        for (var level = 0; level < Levels && place is not null; level++, place = Path.GetDirectoryName(place))
        {
            yield return place;
        }
    }

    private static bool TryCopy(Attachment file, List<string> places, string folder)
    {
        try
        {
            if (places.Select(place => Path.Combine(place, file.Path)).FirstOrDefault(path => Holds(path, file)) is not { } source)
            {
                return false;
            }

            var target = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            ReportFiles.WriteWhole(target, output =>
            {
                using var input = File.OpenRead(source);
                input.CopyTo(output);
            });
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>A file of that name with other content is not what the test attached.</summary>
    private static bool Holds(string path, Attachment file)
    {
        if (!File.Exists(path) || new FileInfo(path).Length != file.Bytes)
        {
            return false;
        }

        using var input = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(input)) == file.Sha256;
    }
}
