using System.Text.Json;
using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Comparing;

/// <summary>
/// <c>history.jsonl</c>: one compact line per run (test id to status and duration), newest last, the last thirty kept.
/// Says what is usual: how long a test takes, since when it fails, and which tests change their mind.
/// </summary>
internal sealed class RunHistory
{
    public const string FileName = "history.jsonl";
    private const int Keep = 30;
    private const int SamplesNeeded = 5;
    private const int FlipsNeeded = 2;

    private readonly List<HistoryRun> runs;

    private RunHistory(List<HistoryRun> runs) => this.runs = runs;

    public int Count => runs.Count;

    /// <summary>Empty when there is no file yet: it is made when the first run is added.</summary>
    public static RunHistory Load(string path) => File.Exists(path) ? Read(path) : new RunHistory([]);

    /// <summary>Lines that cannot be read are left out: a history is a help, not a source of truth.</summary>
    /// <exception cref="IOException">The file is not there.</exception>
    public static RunHistory Read(string path)
    {
        List<HistoryRun> loaded = [];
        foreach (var line in File.ReadLines(path))
        {
            try
            {
                if (JsonSerializer.Deserialize(line, HistoryJson.Default.HistoryRun) is { } run)
                {
                    loaded.Add(run);
                }
            }
            catch (JsonException)
            {
                continue;
            }
        }

        return new RunHistory(loaded.TakeLast(Keep).ToList());
    }

    /// <summary>Adds the run, once: the same report twice is the same line.</summary>
    public void Add(IntegrationReport report)
    {
        if (runs.Exists(run => run.ReportId == report.ReportId))
        {
            return;
        }

        var tests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var test in report.TestResults.Tests)
        {
            tests[test.TestId] = $"{Letter(test.Status)}{test.DurationUs / 1000}";
        }

        runs.Add(new HistoryRun(report.ReportId, report.StartedAt, report.TestEnvironment.Vcs?.Commit, tests));
    }

    public void Save(string path) => ReportFiles.WriteWhole(path, output =>
    {
        foreach (var run in runs.TakeLast(Keep))
        {
            output.Write(JsonSerializer.SerializeToUtf8Bytes(run, HistoryJson.Default.HistoryRun));
            output.Write("\n"u8);
        }
    });

    /// <summary>The usual duration, or null while there are too few samples.</summary>
    public long? MedianUs(string testId)
    {
        var samples = Entries(testId).Where(e => e.Letter == 'p').Select(e => e.Milliseconds).Order().ToList();
        return samples.Count < SamplesNeeded ? null : samples[samples.Count / 2] * 1000;
    }

    /// <summary>In how many runs in a row, up to now, the test did not pass.</summary>
    public int FailingFor(string testId) => Entries(testId).Reverse().TakeWhile(e => e.Letter is 'f' or 'e').Count();

    /// <summary>
    /// Tests that changed between passing and failing at least twice on one commit, with the commit on which they did most
    /// often. Three failures in a row are a failing test.
    /// </summary>
    public IReadOnlyDictionary<string, Flips> Flaky()
    {
        var commits = runs.Where(run => run.Commit is not null).GroupBy(run => run.Commit!, StringComparer.Ordinal).Where(commit => commit.Count() > FlipsNeeded).ToList();
        Dictionary<string, Flips> flaky = new(StringComparer.Ordinal);
        foreach (var id in commits.SelectMany(commit => commit).SelectMany(run => run.Tests.Keys).Distinct(StringComparer.Ordinal))
        {
            var most = commits.Select(commit => new Flips(CountFlips(commit, id), commit.Key)).MaxBy(flips => flips.Count)!;
            if (most.Count >= FlipsNeeded && FailingFor(id) < 3)
            {
                flaky[id] = most;
            }
        }

        return flaky;
    }

    /// <summary>The runs before this one; all of them while it is not in the history yet.</summary>
    public RunHistory Before(IntegrationReport report) => new([.. runs.TakeWhile(run => run.ReportId != report.ReportId)]);

    /// <summary>The runs before this one, and this one: once, whether it is in the history yet or not.</summary>
    public RunHistory With(IntegrationReport report)
    {
        var history = Before(report);
        history.Add(report);
        return history;
    }

    private static int CountFlips(IEnumerable<HistoryRun> runs, string id)
    {
        var letters = runs.Select(run => run.Tests.GetValueOrDefault(id)).OfType<string>().Select(e => e[0] is 'f' or 'e' ? 'f' : e[0]).Where(l => l is 'p' or 'f').ToList();
        return letters.Skip(1).Where((letter, index) => letter != letters[index]).Count();
    }

    private IEnumerable<(char Letter, long Milliseconds)> Entries(string testId) =>
        runs.Select(run => run.Tests.GetValueOrDefault(testId)).Where(entry => entry is { Length: > 1 })
            .Select(entry => (entry![0], long.TryParse(entry.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture, out var ms) ? ms : 0));

    private static char Letter(string status) => status switch
    {
        TestStatus.Passed => 'p',
        TestStatus.Failed => 'f',
        TestStatus.Error => 'e',
        TestStatus.Skipped => 's',
        _ => 'n',
    };
}

/// <summary>How often a test changed between passing and failing on a commit.</summary>
internal sealed record Flips(int Count, string Commit);

internal sealed record HistoryRun(string ReportId, DateTimeOffset StartedAt, string? Commit, SortedDictionary<string, string> Tests);

[System.Text.Json.Serialization.JsonSourceGenerationOptions(PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.CamelCase)]
[System.Text.Json.Serialization.JsonSerializable(typeof(HistoryRun))]
internal sealed partial class HistoryJson : System.Text.Json.Serialization.JsonSerializerContext;
