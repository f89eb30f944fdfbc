using System.Net;
using IntegrationKit.HttpMocks.Tests.Support;

namespace IntegrationKit.HttpMocks.Tests;

public sealed class Test_isolation : IAsyncLifetime
{
    private MockHarness harness = null!;

    public async ValueTask InitializeAsync() => harness = await MockHarness.StartAsync(o => o.Stubs(m => m.Get("/who").ReplyText(200, "shared")));

    public ValueTask DisposeAsync() => harness.DisposeAsync();

    [Fact]
    public async Task Parallel_tests_never_see_each_others_stubs()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(async number =>
        {
            var test = (await harness.BeginAsync()).Enter();
            harness.Mock.Get("/who").ReplyText(200, $"test {number}");
            using var client = test.Client();
            var seen = new HashSet<string>();
            for (var i = 0; i < 20; i++)
            {
                seen.Add(await client.GetStringAsync("/who"));
            }

            await test.VerifyAsync();
            harness.Mock.Requests.Should().HaveCount(20);
            await test.EndAsync();
            return (number, seen);
        }));

        answers.Should().OnlyContain(answer => answer.seen.Count == 1 && answer.seen.Contains($"test {answer.number}"));
    }

    [Fact]
    public async Task The_baggage_beats_the_port_it_arrives_on()
    {
        var first = await harness.BeginAsync();
        first.Enter();
        harness.Mock.Get("/mine").ReplyText(200, "first");
        var second = await harness.BeginAsync();
        second.Enter();
        harness.Mock.Get("/mine").ReplyText(200, "second");
        using var client = second.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mine");
        request.Headers.Add("baggage", $"ik-test={first.Test.BaggageId}");

        using var response = await client.SendAsync(request);

        (await response.Content.ReadAsStringAsync()).Should().Be("first");
    }

    [Fact]
    public async Task Background_work_finds_the_stubs_of_its_lane_without_belonging_to_the_test()
    {
        var test = (await harness.BeginAsync()).Enter();
        harness.Mock.Get("/job").ReplyText(200, "done");
        using var background = test.Anonymous();

        (await background.GetStringAsync("/job")).Should().Be("done");
        using var unmatched = await background.GetAsync("/unknown");

        unmatched.StatusCode.Should().Be(HttpStatusCode.NotFound);
        await test.Invoking(t => t.VerifyAsync()).Should().NotThrowAsync("nothing proves that the test made the request");
    }

    [Fact]
    public async Task Ending_a_test_removes_its_stubs_and_only_those()
    {
        var first = (await harness.BeginAsync()).Enter();
        harness.Mock.Get("/who").ReplyText(200, "first");
        var second = (await harness.BeginAsync()).Enter();
        harness.Mock.Get("/who").ReplyText(200, "second");
        using var firstClient = first.Client();
        using var secondClient = second.Client();

        await first.EndAsync();

        (await firstClient.GetStringAsync("/who")).Should().Be("shared");
        (await secondClient.GetStringAsync("/who")).Should().Be("second");
    }

    [Fact]
    public async Task A_lane_is_clean_for_the_next_test()
    {
        var first = (await harness.BeginAsync()).Enter();
        harness.Mock.Get("/old").Reply(200);
        await first.EndAsync();

        var second = (await harness.BeginAsync(first.Lane)).Enter();
        using var client = second.Client();

        (await client.GetAsync("/old")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        harness.Mock.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Calls_of_the_tests_own_code_are_the_tests()
    {
        var test = (await harness.BeginAsync()).Enter();
        using var client = new HttpClient { BaseAddress = harness.Mock.BaseAddress };

        using var response = await client.GetAsync("/nothing");

        await test.Invoking(t => t.VerifyAsync()).Should().ThrowAsync<MockVerificationException>().WithMessage("*GET /nothing*");
    }
}
