using IntegrationKit.Building;
using IntegrationKit.Samples;

namespace IntegrationKit;

public sealed class ExpectedActualTests
{
    [Theory]
    [InlineData("Assert.Equal() Failure: Values differ\nExpected: 1\nActual:   2", "1", "2")]
    [InlineData("Assert.Equal() Failure: Strings differ\n           ↓ (pos 1)\nExpected: \"abc\"\nActual:   \"adc\"\n           ↑ (pos 1)", "\"abc\"", "\"adc\"")]
    [InlineData("Expected: first\r\nsecond\r\n  Actual: third\r\nfourth", "first\r\nsecond", "third\r\nfourth")]
    [InlineData("Expected: Actual: is a word\nActual: b", "Actual: is a word", "b")]
    public void Both_sides_are_read_from_their_lines(string message, string expected, string actual)
    {
        ExpectedActual.TryRead(message, out var left, out var right).Should().BeTrue();

        (left, right).Should().Be((expected, actual));
    }

    [Theory]
    [InlineData("nothing of the kind")]
    [InlineData("Expected: 1")]
    [InlineData("Actual: 1\nExpected: 2")]
    [InlineData("  Expected: 1\nActual: 2")]
    [InlineData("It was Expected: 1\nActual: 2")]
    [InlineData("Expected:\nActual:")]
    public void Other_messages_have_none(string message) => ExpectedActual.TryRead(message, out _, out _).Should().BeFalse();

    /// <summary>Messages on which a regular expression with backtracking does not come to an end.</summary>
    [Theory]
    [InlineData("Expected: ", "\n")]
    [InlineData("", "Expected: x\n")]
    [InlineData("Expected: x\n", "\n Actual")]
    [InlineData("", "a0")]
    [InlineData("", "/tmp/")]
    [InlineData("", "'\"")]
    public void No_message_costs_the_report(string beginning, string repeated)
    {
        using var run = new SampleRun();
        run.Fail("A", beginning + string.Concat(Enumerable.Repeat(repeated, 16_000 / repeated.Length)), stack: string.Concat(Enumerable.Repeat("   at A(\n", 4000)));
        run.Done();

        run.Report().TestResults.Summary.Failed.Should().Be(1);
    }
}
