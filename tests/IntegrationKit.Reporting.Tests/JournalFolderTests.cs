using IntegrationKit.Samples;

namespace IntegrationKit;

public sealed class JournalFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ik-journals-").FullName;

    [Fact]
    public void A_killed_runs_journal_becomes_a_report_when_the_next_run_begins()
    {
        using var killed = new SampleRun();
        killed.Start("A");
        Leave(killed.Abandon());

        var written = JournalFolder.FinishOthers(folder, null, []);

        written.Should().Contain(path => path.EndsWith("report.html", StringComparison.Ordinal)).And.OnlyContain(path => path.Contains("interrupted"));
        JournalFolder.Find(folder).Should().BeEmpty();
    }

    [Fact]
    public void A_finished_runs_journal_goes_when_the_next_run_begins()
    {
        using var finished = ShopRun.Record();
        Leave(finished);

        JournalFolder.FinishOthers(folder, null, []).Should().BeEmpty();

        JournalFolder.Find(folder).Should().BeEmpty();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 0)]
    public void Another_suites_journal_stays_for_a_day_and_is_told(int days, int left)
    {
        using var other = new SampleRun("Other.Tests", startedAt: TimeProvider.System.GetUtcNow().AddDays(-days));
        other.Pass("A");
        Leave(other.Done());
        List<string> problems = [];

        JournalFolder.FinishOthers(folder, null, problems, "Shop.IntegrationTests");

        JournalFolder.Find(folder).Should().HaveCount(left);
        problems.Count(problem => problem.Contains("Other.Tests") && problem.Contains("{assembly}")).Should().Be(left);
    }

    [Fact]
    public void A_history_beside_journals_is_none()
    {
        File.WriteAllText(Path.Combine(folder, "run.jsonl"), "");
        File.WriteAllText(Path.Combine(folder, "history.jsonl"), "");

        JournalFolder.Find(folder).Should().ContainSingle().Which.Should().EndWith("run.jsonl");
    }

    [Fact]
    public void The_journal_of_a_living_process_is_left_alone()
    {
        var path = Path.Combine(folder, JournalFolder.Name, "living.jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var writer = new Journal.JournalWriter(path))
        {
            writer.Append(new Journal.RunStarted { RunId = "r", Assembly = "A", StartedAt = TimeProvider.System.GetUtcNow(), ProcessId = Environment.ProcessId }, 0);
        }

        JournalFolder.IsShared(folder, null).Should().BeTrue();
        JournalFolder.FinishOthers(folder, null, []).Should().BeEmpty();

        File.Exists(path).Should().BeTrue();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Leave(SampleRun run) =>
        File.Copy(run.Journal, Path.Combine(Directory.CreateDirectory(Path.Combine(folder, JournalFolder.Name)).FullName, Path.GetFileName(run.Journal)));
}
