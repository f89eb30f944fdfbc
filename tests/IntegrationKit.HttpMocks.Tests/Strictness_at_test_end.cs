using System.Net.Http.Json;
using IntegrationKit.HttpMocks.Tests.Support;

namespace IntegrationKit.HttpMocks.Tests;

public sealed class Strictness_at_test_end
{
    [Fact]
    public async Task An_unmatched_request_fails_the_test_and_names_the_difference()
    {
        await using var harness = await MockHarness.StartAsync();
        var test = (await harness.BeginAsync()).Enter();
        harness.Mock.Post("/v1/charges").WithJson(new { amount = 500 }).Reply(201).Optional();
        using var client = test.Client();

        using var response = await client.PostAsJsonAsync("/v1/charges", new { amount = 501 });

        var failure = await test.Invoking(t => t.VerifyAsync()).Should().ThrowAsync<MockVerificationException>();
        failure.Which.Message.Should().StartWith("Mock 'payments': No stub matched POST /v1/charges: body: $.amount: expected 500, was 501");
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        (await response.Content.ReadAsStringAsync()).Should().StartWith("No stub matched POST /v1/charges: body: $.amount: expected 500, was 501");
    }

    [Fact]
    public async Task An_unused_stub_fails_the_test_unless_it_is_optional()
    {
        await using var harness = await MockHarness.StartAsync();
        var test = (await harness.BeginAsync()).Enter();
        harness.Mock.Get("/maybe").Reply(200).Optional();
        harness.Mock.Get("/must").Reply(200);

        var failure = await test.Invoking(t => t.VerifyAsync()).Should().ThrowAsync<MockVerificationException>();

        failure.Which.Message.Should().Be("Mock 'payments': GET /must: expected at least one call, was never called.");
    }

    [Fact]
    public async Task Options_turn_strictness_off()
    {
        await using var harness = await MockHarness.StartAsync(o => o.AllowUnmatched().AllowUnused());
        var test = (await harness.BeginAsync()).Enter();
        harness.Mock.Get("/must").Reply(200);
        using var client = test.Client();
        using var response = await client.GetAsync("/other");

        await test.Invoking(t => t.VerifyAsync()).Should().NotThrowAsync();
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Once_means_once(int calls, bool passes)
    {
        await using var harness = await MockHarness.StartAsync();
        var test = (await harness.BeginAsync()).Enter();
        harness.Mock.Get("/a").Reply(200).Once();
        using var client = test.Client();
        for (var i = 0; i < calls; i++)
        {
            using var response = await client.GetAsync("/a");
        }

        var verification = test.Invoking(t => t.VerifyAsync());

        await (passes ? verification.Should().NotThrowAsync() : (Task)verification.Should().ThrowAsync<MockVerificationException>()
            .WithMessage("*GET /a: expected exactly one call, was called twice*"));
    }

    [Fact]
    public async Task A_pattern_without_a_reply_is_an_error()
    {
        await using var harness = await MockHarness.StartAsync();
        var test = (await harness.BeginAsync()).Enter();
        harness.Mock.Get("/a");

        await test.Invoking(t => t.VerifyAsync()).Should().ThrowAsync<MockVerificationException>().WithMessage("*GET /a was declared without Reply*");
    }

    [Fact]
    public async Task Verify_counts_and_orders_calls()
    {
        await using var harness = await MockHarness.StartAsync();
        var test = (await harness.BeginAsync()).Enter();
        harness.Mock.Any("/a").Reply(200);
        harness.Mock.Any("/b").Reply(200);
        using var client = test.Client();
        await client.GetAsync("/a");
        await client.PostAsJsonAsync("/b", new { x = 1 });

        harness.Mock.Verify(m => m.Get("/a"), Called.Once);
        harness.Mock.Verify(m => m.Post("/b").WithJson(new { x = 1 }));
        harness.Mock.VerifyOrder(m => m.Get("/a"), m => m.Post("/b"));
        harness.Mock.Invoking(m => m.Verify(r => r.Post("/b").WithJson(new { x = 2 }))).Should().Throw<MockVerificationException>()
            .WithMessage("*expected at least one call of POST /b, found 0*GET /a*Nearest: POST /b: body: $.x: expected 2, was 1*");
        harness.Mock.Invoking(m => m.VerifyOrder(r => r.Post("/b"), r => r.Get("/a"))).Should().Throw<MockVerificationException>()
            .WithMessage("*GET /a did not come after POST /b*");
    }
}
