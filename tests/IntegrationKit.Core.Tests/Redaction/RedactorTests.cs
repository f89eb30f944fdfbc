namespace IntegrationKit.Redaction;

public sealed class RedactorTests
{
    [Fact]
    public void The_longer_secret_goes_as_a_whole()
    {
        var redactor = new Redactor();
        redactor.Register("secret");
        redactor.Register("secret-and-more");

        redactor.Redact("a secret-and-more b secret c").Should().Be("a *** b *** c");
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
