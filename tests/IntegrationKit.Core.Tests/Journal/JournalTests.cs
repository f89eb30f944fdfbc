using IntegrationKit.Recording;
using IntegrationKit.Redaction;

namespace IntegrationKit.Journal;

public sealed class JournalTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ik-core-").FullName;

    private string File => Path.Combine(folder, "run.jsonl");

    [Fact]
    public void Events_read_back_as_they_were_written()
    {
        Write(new TestStarted { Execution = "t@1", TestId = "t", Name = "äöü \"quoted\"\n\u0007", ClassName = "C" }, new TestFinished { Execution = "t@1", Status = TestStatus.Passed, DurationUs = 5 });

        var content = JournalReader.Read(File);

        content.Should().BeEquivalentTo(new { UnreadableLines = 0, TornLastLine = false, MissingSequences = 0 });
        content.Events[0].Should().BeOfType<TestStarted>().Which.Name.Should().Be("äöü \"quoted\"\n\u0007");
        content.Events.Select(e => e.Sequence).Should().Equal(1, 2);
    }

    [Fact]
    public void Every_line_is_on_the_disk_before_the_next_call()
    {
        using var writer = new JournalWriter(File);

        writer.Append(new RunPlanned { TestCases = 3 }, 1);

        JournalReader.Read(File).Events.Should().ContainSingle();
    }

    [Fact]
    public void An_event_that_comes_after_the_end_of_the_run_is_left_out()
    {
        Write(new RunFinished { Total = 1 }, new RunPlanned { TestCases = 3 });

        JournalReader.Read(File).Events.Should().ContainSingle().Which.Should().BeOfType<RunFinished>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(1234567890123)]
    [InlineData(long.MaxValue)]
    public void Times_read_back_as_they_were_written(long atUs)
    {
        using (var writer = new JournalWriter(File))
        {
            writer.Append(new RunPlanned { TestCases = 3 }, atUs);
            writer.Append(new TestFinished { Execution = "t@1", Status = TestStatus.Passed, DurationUs = atUs }, atUs);
        }

        JournalReader.Read(File).Events.Select(e => e.AtUs).Should().Equal(atUs, atUs);
        JournalReader.Read(File).Events.OfType<TestFinished>().Should().ContainSingle().Which.DurationUs.Should().Be(atUs);
    }

    [Fact]
    public void A_journal_cut_at_any_byte_loses_only_the_torn_line()
    {
        Write([.. Enumerable.Range(0, 20).Select(i => new RunPlanned { TestCases = i })]);
        var bytes = System.IO.File.ReadAllBytes(File);

        for (var length = 0; length <= bytes.Length; length++)
        {
            var content = JournalReader.Read(new MemoryStream(bytes, 0, length));
            var whole = bytes.Take(length).Count(b => b == '\n');
            content.Events.Count.Should().BeInRange(whole, whole + 1);
            content.UnreadableLines.Should().Be(0);
        }
    }

    [Fact]
    public void Unknown_events_of_a_later_version_are_no_damage()
    {
        Write(new RunPlanned());
        System.IO.File.AppendAllText(File, "{\"e\":\"something.new\",\"seq\":2,\"at\":1}\n");

        var content = JournalReader.Read(File);

        content.Should().BeEquivalentTo(new { UnreadableLines = 0, MissingSequences = 0 });
        content.Events.Should().ContainSingle();
    }

    [Fact]
    public void Concurrent_writers_leave_whole_lines_without_gaps()
    {
        using (var writer = new JournalWriter(File))
        {
            Parallel.For(0, 2000, i => writer.Append(new RunPlanned { TestCases = i, Filter = new string('x', i % 500) }, i));
        }

        var content = JournalReader.Read(File);

        content.Events.Should().HaveCount(2000);
        content.Should().BeEquivalentTo(new { UnreadableLines = 0, MissingSequences = 0, TornLastLine = false });
    }

    [Fact]
    public void A_line_longer_than_any_buffer_is_read()
    {
        Write(new RunPlanned { Filter = new string('x', 3_000_000) }, new RunPlanned());

        JournalReader.Read(File).Events.Should().HaveCount(2);
    }

    [Fact]
    public void Publishing_after_the_end_is_ignored_and_never_throws()
    {
        var recorder = new Recorder(new JournalWriter(File), new Redactor());
        recorder.Dispose();

        recorder.Publish(new RunPlanned());

        recorder.Failures.Should().Be(0);
        System.IO.File.ReadAllBytes(File).Should().BeEmpty();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(params JournalEvent[] events)
    {
        using var recorder = new Recorder(new JournalWriter(File), new Redactor());
        foreach (var journalEvent in events)
        {
            recorder.Publish(journalEvent);
        }
    }
}
