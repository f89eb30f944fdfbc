using IntegrationKit.Observations;
using IntegrationKit.Support;

namespace IntegrationKit;

public sealed class RobustnessTests
{
    [Fact]
    public async Task A_request_that_outlives_its_test_still_belongs_to_it()
    {
        await using var fixture = new KestrelFixture();

        var test = await DrivenTest.RunAsync(fixture, async _ =>
            (await fixture.Client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode());
        var next = await DrivenTest.RunAsync(fixture, async _ => await fixture.Client.GetAsync("/ping"));

        (await RunRecording.WaitForAsync<RequestHandled>(request => request.Path == "/stream" && request.Test == test.Execution)).Via.Should().Be(Via.Trace);
        RunRecording.Of<RequestHandled>().Where(request => request.Test == next.Execution).Should().OnlyContain(request => request.Path == "/ping");
    }

    [Fact]
    public async Task Many_tests_at_once_have_a_host_each()
    {
        var tests = int.Parse(Environment.GetEnvironmentVariable("INTEGRATIONKIT_TEST_HOSTS") ?? "20", System.Globalization.CultureInfo.InvariantCulture);
        await using var fixture = new KestrelFixture();
        using var all = new Barrier(tests);
        var addresses = new System.Collections.Concurrent.ConcurrentBag<Uri>();

        await Task.WhenAll(Enumerable.Range(0, tests).Select(number => DrivenTest.RunAsync(fixture, async _ =>
        {
            addresses.Add(fixture.Application.BaseAddress);
            await Task.Factory.StartNew(() => all.SignalAndWait(TimeSpan.FromSeconds(300)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            (await fixture.Client.GetStringAsync("/ping")).Should().Be("pong");
        })));

        addresses.Should().HaveCount(tests).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_client_of_an_earlier_test_does_not_reach_the_next_one()
    {
        await using var fixture = new MinimalFixture();
        HttpClient? kept = null;
        await DrivenTest.RunAsync(fixture, _ =>
        {
            kept = fixture.Client;
            return Task.CompletedTask;
        });

        await DrivenTest.RunAsync(fixture, _ => FluentActions.Awaiting(() => kept!.GetAsync("/ping")).Should().ThrowAsync<ObjectDisposedException>());
    }
}
