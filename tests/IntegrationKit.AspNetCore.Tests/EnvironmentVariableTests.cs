using IntegrationKit.Support;

namespace IntegrationKit;

public sealed class EnvironmentVariableTests
{
    private const string Variable = "INTEGRATIONKIT_TESTS_COLOUR";

    [Fact]
    public async Task A_variable_is_set_while_a_fixture_lives_and_the_application_sees_it()
    {
        var fixture = new ColourFixture("red");
        await DrivenTest.RunAsync(fixture, async _ =>
        {
            await fixture.Client.GetAsync("/ping");
            Environment.GetEnvironmentVariable(Variable).Should().Be("red");
        });

        await using var other = new ColourFixture("blue");
        await FluentActions.Awaiting(() => DrivenTest.RunAsync(other, _ => Task.CompletedTask)).Should()
            .ThrowAsync<InvalidOperationException>().WithMessage($"ColourFixture sets the environment variable {Variable}, which another*");
        await fixture.DisposeAsync();

        Environment.GetEnvironmentVariable(Variable).Should().BeNull();
    }

    private sealed class ColourFixture : MinimalFixture
    {
        public ColourFixture(string colour) => UseEnvironmentVariable(Variable, colour);
    }
}
