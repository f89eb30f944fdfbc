namespace IntegrationKit.Redaction;

public sealed class RedactorTests
{
    [Fact]
    public void The_longer_secret_goes_as_a_whole()
    {
        var redactor = new Redactor();
        redactor.Register("s3cret");
        redactor.Register("s3cret-and-more");

        redactor.Redact("a s3cret-and-more b s3cret c").Should().Be("a *** b *** c");
        redactor.Count.Should().Be(1);
    }

    [Fact]
    public void Short_and_blank_values_are_no_secrets()
    {
        var redactor = new Redactor();
        redactor.Register("abc");
        redactor.Register("      ");
        redactor.Register(null);

        redactor.Redact("abc       abc").Should().Be("abc       abc");
    }

    [Fact]
    public void A_text_at_its_limit_stays_and_one_above_is_cut_with_a_mark()
    {
        var redactor = new Redactor();

        EventText.Of(new string('x', 100), 100, redactor).Should().HaveLength(100);
        EventText.Of(new string('x', 101), 100, redactor).Should().Contain("… 1 characters cut …");
    }

    [Fact]
    public void What_was_cut_and_whether_it_held_a_secret_is_told()
    {
        var redactor = new Redactor();
        redactor.Register("hunter2-long");

        EventText.Keep("nothing", 100, redactor).Should().Be(new EventText("nothing", 0, Masked: false));
        EventText.Keep("a hunter2-long b", 100, redactor).Should().Be(new EventText("a *** b", 0, Masked: true));
        EventText.Keep(new string('x', 1_000_000), 100, redactor).Should().Match<EventText>(kept => kept.Cut == 999_900 && !kept.Masked && kept.Text.Contains("… 999900 characters cut …"));
        EventText.Keep("hunter2-long" + new string('x', 1_000_000), 100, redactor).Masked.Should().BeTrue();
    }

    [Theory]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxI")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJz")]
    public void A_token_is_masked_even_when_its_end_is_gone(string token) => new Redactor().Redact($"[{token}]").Should().Be("[***]");

    /// <summary>A pattern for tokens may well fit ids: tests must not become one another.</summary>
    [Fact]
    public void A_users_pattern_masks_every_field_but_what_lines_are_joined_by()
    {
        var redactor = new Redactor();
        redactor.AddPattern("[a-z2-7]{20}");
        const string Id = "t1-abcdefghijabcdefghij";
        var line = System.Text.Encoding.UTF8.GetBytes($$"""{"e":"message.observed","execution":"{{Id}}@1","test":"{{Id}}@1","testId":"{{Id}}","destination":"q-{{Id}}"}""");

        System.Text.Encoding.UTF8.GetString(LineRedaction.Masked(line, redactor)!).Should().Be(
            $$"""{"e":"message.observed","execution":"{{Id}}@1","test":"{{Id}}@1","testId":"{{Id}}","destination":"q-t1-***"}""");
    }

    [Fact]
    public void A_cut_does_not_split_a_character()
    {
        var text = string.Concat(Enumerable.Repeat("\U0001F600", 200_000));

        var cut = EventText.Of(text, 1001, new Redactor());

        System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(cut)).Should().Be(cut);
    }

    [Fact]
    public void A_registered_beginning_masks_every_token_to_its_end()
    {
        var redactor = new Redactor();
        redactor.RegisterPrefix("eyJhbGciOiJSUzI1NiIsImtpZCI6Ijk5In0");
        var token = "eyJhbGciOiJSUzI1NiIsImtpZCI6Ijk5In0.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl";
        var inBase64 = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(token));

        redactor.Redact($"<{token}> and {inBase64}; end").Should().Be("<***> and ***; end");
        redactor.HasSecret($"[{token}]").Should().BeTrue();
    }
}
