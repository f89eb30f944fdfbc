namespace IntegrationKit.Redaction;

public sealed class EnvironmentSecretTests
{
    [Theory]
    [InlineData("DB_PASSWORD")]
    [InlineData("GITHUB_TOKEN")]
    [InlineData("STRIPE_KEY")]
    [InlineData("Smtp__Pass")]
    [InlineData("Storage__AccountKey")]
    [InlineData("AZURE_SAS")]
    public void A_variable_named_like_a_secret_is_one(string name) => SecretShapes.IsSecretName(name).Should().BeTrue();

    [Theory]
    [InlineData("PWD")]
    [InlineData("OLDPWD")]
    [InlineData("MONKEY")]
    [InlineData("KEYBOARD_LAYOUT")]
    [InlineData("PATH")]
    public void Other_variables_are_not(string name) => SecretShapes.IsSecretName(name).Should().BeFalse();

    [Theory]
    [InlineData("Host=db;Username=app;Password=hunter2-long;Database=shop", "hunter2-long")]
    [InlineData("postgres://app:hunter2-long@db:5432/shop", "hunter2-long")]
    [InlineData("Password='two words'", "two words")]
    public void The_password_in_a_variable_is_known_by_itself(string value, string password) =>
        SecretShapes.PasswordsIn(value).Should().Equal(password);

    [Fact]
    public void A_text_without_a_password_has_none() => SecretShapes.PasswordsIn("/usr/bin:/bin").Should().BeEmpty();

    /// <summary>A server that holds nothing has its own name as its password, and every report is full of that name.</summary>
    [Theory]
    [InlineData("postgres")]
    [InlineData("Password")]
    [InlineData("guest")]
    public void A_usual_word_is_masked_as_a_password_and_nowhere_else(string word)
    {
        var redactor = new Redactor();
        redactor.Register(word);

        redactor.Redact($"{word} of Password={word};").Should().Be($"{word} of Password=***;");
    }

    [Fact]
    public void A_pattern_that_is_none_is_told_by_its_place_and_not_by_its_text()
    {
        var redactor = new Redactor();
        redactor.AddPattern("fine");
        redactor.AddPattern("(hunter2");

        redactor.Problems.Should().ContainSingle().Which.Should().StartWith("Pattern 2 of INTEGRATIONKIT_REDACT is no regular expression")
            .And.NotContain("hunter2");
    }
}
