using FluentAssertions.Execution;
using IntegrationKit.Observations;
using IntegrationKit.Support;

namespace IntegrationKit;

public sealed class WorkerTests
{
    [Fact]
    public async Task A_worker_runs_on_the_tests_clock_database_service_and_folder()
    {
        await using var fixture = new NightFixture();

        var test = await DrivenTest.RunAsync(fixture, async _ =>
        {
            fixture.Service.Post("/done").Reply(202);
            await fixture.Database.Should().HaveNoRowsAsync("nights");

            fixture.Clock.Advance(TimeSpan.FromHours(1));

            await Eventually.Passes(() => Task.FromResult(fixture.Files.Should().HaveFile("night.txt").Which.Should().Be("Accepted")));
            await fixture.Database.Should().HaveRowsAsync(1, "nights");
            fixture.Service.Should().HaveReceived("POST", "/done", 1);
            fixture.Clock.Now.Should().BeAfter(TimeProvider.System.GetUtcNow().AddMinutes(50));
        });

        RunRecording.Of<FileObserved>().Should().ContainSingle(file => file.Test == test.Execution).Which.Path.Should().Be("night.txt");
    }

    [Fact]
    public async Task The_next_test_finds_everything_clean()
    {
        await using var fixture = new NightFixture();
        for (var round = 0; round < 2; round++)
        {
            await DrivenTest.RunAsync(fixture, async _ =>
            {
                fixture.Service.Post("/done").Reply(202);
                await fixture.Database.Should().HaveNoRowsAsync("nights");
                fixture.Files.Should().BeEmpty();
                fixture.Clock.Now.Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
                fixture.Clock.Advance(TimeSpan.FromHours(1));
                await Eventually.Get(() => Task.FromResult(fixture.Files.Files.Count), count => count == 1);
            });
        }
    }

    [Fact]
    public async Task What_never_happens_is_named_with_the_last_value()
    {
        var waiting = () => Eventually.Get(() => Task.FromResult(3), value => value == 4, TimeSpan.FromMilliseconds(100));

        await waiting.Should().ThrowAsync<TimeoutException>().WithMessage("*the last value was 3.");
    }

    [Fact]
    public async Task Failing_assertions_show_what_is_there()
    {
        await using var fixture = new NightFixture();
        await DrivenTest.RunAsync(fixture, async _ =>
        {
            await fixture.Database.ExecuteAsync("insert into nights values ('2026-01-02')");

            (await FluentActions.Awaiting(() => fixture.Database.Should().HaveNoRowsAsync("nights")).Should().ThrowAsync<AssertionFailedException>())
                .WithMessage("Expected nights to have 0 rows in nights, but there is 1:*at = *");
            fixture.Invoking(it => it.Service.Should().HaveReceived("POST", "/done")).Should().Throw<AssertionFailedException>()
                .WithMessage("Expected night to receive POST /done, but it received 0.");
            fixture.Invoking(it => it.Files.Should().HaveFile("a.txt")).Should().Throw<AssertionFailedException>()
                .WithMessage("Expected night-files to hold a.txt, but it holds no files.");
        });
    }
}
