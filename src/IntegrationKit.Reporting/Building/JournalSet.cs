using System.Security.Cryptography;
using IntegrationKit.Facts;
using IntegrationKit.Journal;

namespace IntegrationKit.Building;

/// <summary>
/// Reads any number of journals as one suite. The result depends on the set of their contents only: duplicates are
/// dropped by digest and the rest is read in an order of its own. That makes merging commutative, associative and idempotent.
/// </summary>
internal static class JournalSet
{
    public static SuiteFacts Read(IEnumerable<string> paths, ICollection<string> problems, Action<int, int>? progress = null)
    {
        var inputs = Distinct(paths, problems);
        var facts = new SuiteFacts();
        for (var i = 0; i < inputs.Count; i++)
        {
            var run = new RunFacts { Digest = inputs[i].Digest, Source = Path.GetFileName(inputs[i].Path) };
            facts.Runs.Add(run);
            var collector = new FactCollector(facts, run);
            using var file = Open(inputs[i].Path);
            var content = JournalReader.Read(file, collector.Add);
            run.UnreadableLines = content.UnreadableLines;
            run.TornLastLine = content.TornLastLine;
            run.MissingSequences = content.MissingSequences;
            collector.Complete();
            progress?.Invoke(i + 1, inputs.Count);
        }

        return facts;
    }

    private static List<(string Path, string Digest, RunStarted? Header)> Distinct(IEnumerable<string> paths, ICollection<string> problems)
    {
        Dictionary<string, (string Path, string Digest, RunStarted? Header)> byDigest = new(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            try
            {
                var input = Identify(path);
                if (input.Header is { } header && (header.Format != RunStarted.FormatName || header.Version != RunStarted.CurrentVersion))
                {
                    problems.Add($"{path} has format {header.Format} version {header.Version}; this version reads {RunStarted.FormatName} version {RunStarted.CurrentVersion}. It was left out.");
                    continue;
                }

                byDigest.TryAdd(input.Digest, input);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{path} could not be read: {exception.Message}");
            }
        }

        return
        [
            .. byDigest.Values.OrderBy(i => i.Header?.StartedAt ?? DateTimeOffset.MaxValue)
                .ThenBy(i => i.Header?.Attempt ?? 1).ThenBy(i => i.Digest, StringComparer.Ordinal),
        ];
    }

    public static string Digest(string path)
    {
        using var file = Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static (string Path, string Digest, RunStarted? Header) Identify(string path)
    {
        using var file = Open(path);
        var digest = Convert.ToHexStringLower(SHA256.HashData(file));
        file.Position = 0;
        return (path, digest, Header(file));
    }

    private static RunStarted? Header(FileStream file)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        try
        {
            return reader.ReadLine() is { } line
                && JournalLine.TryRead(System.Text.Encoding.UTF8.GetBytes(line), out var first) ? first as RunStarted : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
