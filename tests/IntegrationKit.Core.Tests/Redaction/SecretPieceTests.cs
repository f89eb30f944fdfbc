namespace IntegrationKit.Redaction;

public sealed class SecretPieceTests
{
    private const string Secret = "Zq7-first-half|second-half-9Xw";

    [Theory]
    [InlineData("Test(token: \"Zq7-first-h\"···)", "Test(token: \"***···)")] // xUnit's display names
    [InlineData("Test(text: \"before Zq7-first-half|sec\"···, n: 1)", "Test(text: \"before ***···, n: 1)")]
    [InlineData("Expected: ···\"second-half-9Xw and more\"", "Expected: ···*** and more\"")] // its assertions
    [InlineData("Actual: ···\"half|second\"···", "Actual: ···***\"···")]
    [InlineData("Expected \"…ond-half-9Xw\"", "Expected \"…***\"")] // FluentAssertions
    [InlineData("cut Zq7-first... here", "cut ***... here")]
    public void What_a_mark_has_left_of_a_secret_is_masked(string text, string masked)
    {
        var redactor = new Redactor();
        redactor.Register(Secret);

        redactor.Redact(text).Should().Be(masked);
    }

    [Theory]
    [InlineData("Zq7-f··· is too short to tell anything")]
    [InlineData("···")]
    [InlineData("...")]
    [InlineData("a text with … marks... in it ···")]
    [InlineData("Test(text: \"long and harmless\"···)")]
    public void Other_texts_with_marks_stay(string text)
    {
        var redactor = new Redactor();
        redactor.Register(Secret);

        redactor.Redact(text).Should().BeSameAs(text);
    }
}
