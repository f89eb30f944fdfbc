using System.Text;

namespace IntegrationKit.Redaction;

public sealed class TrigramsTests
{
    private static readonly Trigrams AnyCase = new(["password", "Key", "://", "größe"], StringComparison.OrdinalIgnoreCase);
    private static readonly Trigrams Exact = new(["secret", "secret-and-more", "größe"], StringComparison.Ordinal);

    [Theory]
    [InlineData("a password", 2, "password")]
    [InlineData("a PassWord b", 2, "password")]
    [InlineData("key", 0, "Key")]
    [InlineData("größer: KEY", 0, "größe")]
    [InlineData("großer: KEY", 8, "Key")]
    [InlineData("http://x", 4, "://")]
    [InlineData("passwo", -1, null)]
    [InlineData("Nothing(keiner: 12)", -1, null)]
    [InlineData("zoo", -1, null)]
    [InlineData("ke", -1, null)]
    [InlineData("", -1, null)]
    public void A_word_is_found_in_any_case_and_place_and_nothing_else(string text, int expected, string? expectedWord)
    {
        AnyCase.Find(text, out var word).Should().Be(expected);
        word.Should().Be(expectedWord);
    }

    [Theory]
    [InlineData("a Secret, a secret", 12, "secret")]
    [InlineData("secret-and-more", 0, "secret-and-more")]
    [InlineData("secret-and", 0, "secret")]
    [InlineData("Größe", -1, null)]
    public void Of_two_words_in_one_place_the_longer_one_is_found(string text, int expected, string? expectedWord)
    {
        Exact.Find(text, out var word).Should().Be(expected);
        word.Should().Be(expectedWord);
    }

    [Theory]
    [InlineData("a password", true)]
    [InlineData("KEY", true)]
    [InlineData("die größe", true)]
    [InlineData("ü ist gut", false)]
    [InlineData("ke", false)]
    [InlineData("Shop.Tests.Orders.A_declined_card_leaves_no_order(amount: 12)", false)]
    public void Bytes_tell_whether_a_closer_look_is_due(string text, bool expected) => AnyCase.MayBeIn(Encoding.UTF8.GetBytes(text)).Should().Be(expected);

    [Fact]
    public void Every_word_that_secrets_are_known_by_is_found()
    {
        var all = new Trigrams(SecretShapes.Words, StringComparison.OrdinalIgnoreCase);

        foreach (var word in SecretShapes.Words)
        {
            all.Find(word, out _).Should().Be(0);
            all.Find(word.ToUpperInvariant(), out _).Should().Be(0);
            all.Find("x " + word.ToLowerInvariant(), out _).Should().Be(2);
        }
    }
}
