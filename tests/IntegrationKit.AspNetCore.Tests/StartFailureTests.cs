using IntegrationKit.Journal;
using IntegrationKit.Support;

namespace IntegrationKit;

public sealed class StartFailureTests
{
    [Fact]
    public async Task An_application_that_throws_is_reported_once_and_then_in_one_line()
    {
        await using var fixture = new MinimalFixture(("Fault", "start"));

        var first = await FluentActions.Awaiting(() => DrivenTest.RunAsync(fixture, _ => Task.CompletedTask))
            .Should().ThrowAsync<ApplicationStartException>();
        var second = await FluentActions.Awaiting(() => DrivenTest.RunAsync(fixture, _ => Task.CompletedTask))
            .Should().ThrowAsync<ApplicationStartException>();

        first.Which.Message.Should().StartWith("'MinimalApi' did not start: InvalidOperationException: the planted fault of the start");
        first.Which.InnerException.Should().BeOfType<InvalidOperationException>();
        second.Which.Message.Should().Contain("failed to start for an earlier test").And.NotContain("\n");
        second.Which.InnerException.Should().BeNull();
        RunRecording.Of<ResourceReported>().Should().Contain(resource => resource.State == "failed" && resource.Resource == "host:MinimalApi");
    }

    [Fact]
    public async Task An_application_that_hangs_at_the_start_is_given_up_with_its_last_log_lines()
    {
        await using var fixture = new ImpatientFixture(2, ("Fault", "hang"));

        var failure = await FluentActions.Awaiting(() => DrivenTest.RunAsync(fixture, _ => Task.CompletedTask))
            .Should().ThrowAsync<ApplicationStartException>();

        failure.Which.Message.Should().StartWith("'MinimalApi' did not start: not ready after 2 s");
    }

    [Fact]
    public async Task An_application_that_hangs_at_the_stop_does_not_hang_the_run()
    {
        var fixture = new ImpatientFixture(60, ("Fault", "hang-stop"));
        await DrivenTest.RunAsync(fixture, async _ => await fixture.Client.GetAsync("/ping"));

        await fixture.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private sealed class ImpatientFixture : MinimalFixture
    {
        public ImpatientFixture(int startSeconds, params (string Key, string? Value)[] settings)
            : base(settings) => Configure(options => options.Timeouts(TimeSpan.FromSeconds(startSeconds), TimeSpan.FromSeconds(1)));
    }
}
