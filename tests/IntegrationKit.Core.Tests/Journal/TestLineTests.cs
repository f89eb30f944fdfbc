using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IntegrationKit.Journal;

/// <summary>What is written by hand must be what the serialiser would have written.</summary>
public sealed class TestLineTests
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static TheoryData<int> Events => [.. Enumerable.Range(0, All.Length)];

    private static JournalEvent[] All =>
    [
        new TestCasePlanned
        {
            CaseId = "c", Name = "Ünï \"x\" \ud800 \u0001 </script>", ClassName = "C", MethodName = "M", Categories = ["x", "y"], Workflows = ["w"],
            Traits = new Dictionary<string, IReadOnlyList<string>> { ["Category"] = ["x", "y"], ["Ä\"rt"] = [] }, SourcePath = "tests/A.cs", SourceLine = 12, TestId = "t1-x",
        },
        new TestCasePlanned { CaseId = "c", Name = "n", ClassName = "" },
        new TestStarted { Execution = "t@1", TestId = "t", Name = "n", ClassName = "C" },
        new TestStarted
        {
            Execution = "t@2", TestId = "t", CaseId = "c", Attempt = 2, Repeats = true, Name = "n", ClassName = "C", MethodName = "M",
            Parameters = [new TestParameter("a", "1\n"), new TestParameter("b", "\"2\"")], Categories = ["x", "y"], Workflows = ["w"],
            Traits = new Dictionary<string, IReadOnlyList<string>> { ["Category"] = ["x", "y"], ["Ä\"rt"] = [] },
            SourcePath = "tests/A.cs", SourceLine = 12,
        },
        new TestFinished { Execution = "t@1", Status = TestStatus.Passed },
        new TestStarted { Execution = "t@1", TestId = "t", Name = "n", ClassName = "C", Parameters = [], Categories = [], Traits = new Dictionary<string, IReadOnlyList<string>>() },
        new TestFinished { Execution = "t@1", Status = TestStatus.Passed, Warnings = [null!, "w", null!] },
        new TestFinished { Execution = "t@1", Status = TestStatus.Skipped, RawStatus = "skipped", Reason = "because", DurationUs = 5, SetupUs = 7, Output = "o\r\n\u2028", OutputCut = 9, Warnings = ["w", ""], Masked = true },
        new TestFinished { Execution = "t@1", Status = TestStatus.Passed, DurationUs = -15, SetupUs = long.MinValue },
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void A_line_by_hand_is_the_line_of_the_serialiser(int number)
    {
        var journalEvent = All[number];
        var serialised = Written(json => JsonSerializer.Serialize(json, journalEvent, JournalEvents.Of(journalEvent).Json));

        ByHand(journalEvent).Should().Be(serialised);
    }

    /// <summary>A property added to an event has to be added here, and then to the line.</summary>
    [Theory]
    [InlineData(typeof(TestStarted), 3, 14)]
    [InlineData(typeof(TestFinished), 7, 10)]
    [InlineData(typeof(TestCasePlanned), 0, 10)]
    public void The_full_events_above_have_every_property(Type type, int number, int properties)
    {
        using var line = JsonDocument.Parse(ByHand(All[number]));

        line.RootElement.EnumerateObject().Should().HaveCount(properties);
        var leftToTheSerialiser = type == typeof(TestFinished) ? 2 : 0;
        type.GetProperties(System.Reflection.BindingFlags.DeclaredOnly | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public)
            .Should().HaveCount(properties + leftToTheSerialiser);
    }

    [Fact]
    public void A_failed_test_is_left_to_the_serialiser()
    {
        using var line = new LineText();

        TestLines.TryWrite(line, new TestFinished { Execution = "t", Status = TestStatus.Failed, Error = new TestError { Type = "T", Message = "m" } })
            .Should().BeFalse();
        line.Length.Should().Be(0);
    }

    /// <summary>Every character of the first planes, alone and between others, comes out as the JSON writer has it.</summary>
    [Fact]
    public void Every_character_is_escaped_as_the_writer_does()
    {
        using var line = new LineText();
        for (var character = '\0'; character < 0x3000; character++)
        {
            var text = $"a{character}\ud83d\ude00 b{(char)(character + 0xC800)}";
            line.Restart(0);
            line.Text(character.ToString());
            line.Text(text);

            Encoding.UTF8.GetString(line.Bytes, 0, line.Length).Should().Be(Value(character.ToString()) + Value(text), $"U+{(int)character:X4} is as it is");
        }
    }

    [Fact]
    public void A_text_may_be_longer_than_the_room_there_is()
    {
        using var line = new LineText();
        var text = new string('x', 100_000);

        line.Raw("["u8);
        line.Text(text);
        line.Raw("]"u8);

        Encoding.UTF8.GetString(line.Bytes, 0, line.Length).Should().Be($"[\"{text}\"]");
    }

    private static string Value(string text) => Written(json => json.WriteStringValue(text));

    private static string ByHand(JournalEvent journalEvent)
    {
        using var line = new LineText();
        TestLines.TryWrite(line, journalEvent).Should().BeTrue();
        return Encoding.UTF8.GetString(line.Bytes, 0, line.Length);
    }

    private static string Written(Action<Utf8JsonWriter> write)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }
}
