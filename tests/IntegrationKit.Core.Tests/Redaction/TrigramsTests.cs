using System.Text;

namespace IntegrationKit.Redaction;

public sealed class TrigramsTests
{
    private static readonly Trigrams Some = new(["password", "Key", "://", "größe"]);

    [Theory]
    [InlineData("a password")]
    [InlineData("a PassWord b")]
    [InlineData("key")]
    [InlineData("KEY")]
    [InlineData("http://x")]
    public void A_word_is_seen_in_any_case_and_place(string text)
    {
        Some.MayBeIn(text).Should().BeTrue();
        Some.MayBeIn(Encoding.UTF8.GetBytes(text)).Should().BeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("ke")]
    [InlineData("Shop.Tests.Orders.A_declined_card_leaves_no_order(amount: 12)")]
    public void Ordinary_text_needs_no_closer_look(string text)
    {
        Some.MayBeIn(text).Should().BeFalse();
        Some.MayBeIn(Encoding.UTF8.GetBytes(text)).Should().BeFalse();
    }

    [Fact]
    public void Beyond_ASCII_a_closer_look_is_due_for_characters_but_not_for_bytes()
    {
        Some.MayBeIn("\u212Aey").Should().BeTrue("K may be written so");
        Some.MayBeIn("ü").Should().BeTrue();
        Some.MayBeIn("ü ist gut"u8).Should().BeFalse();
        Some.MayBeIn("die größe"u8).Should().BeTrue();
    }

    [Theory]
    [InlineData("a password", true)]
    [InlineData("a PassWord b", true)]
    [InlineData("key", true)]
    [InlineData("größer: KEY", true)]
    [InlineData("http://x", true)]
    [InlineData("passwo", false)]
    [InlineData("Nothing(keiner: 12)", false)]
    [InlineData("zoo", false)]
    [InlineData("", false)]
    public void A_whole_word_is_found_and_nothing_else(string text, bool expected) => new Trigrams(["password", "Key", "://"]).AreIn(text).Should().Be(expected);

    [Fact]
    public void A_word_of_two_characters_may_be_anywhere() => new Trigrams(["ab"]).MayBeIn("x").Should().BeTrue();

    [Fact]
    public void Every_word_that_secrets_are_known_by_is_seen()
    {
        var all = new Trigrams(SecretShapes.Words);

        SecretShapes.Words.Should().OnlyContain(word => all.AreIn(word) && all.AreIn(word.ToUpperInvariant()) && all.AreIn("x " + word.ToLowerInvariant()));
    }
}
