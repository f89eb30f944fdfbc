using System.Net;
using System.Net.Http.Json;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace IntegrationKit.Tests;

/// <summary>The payment scenarios of an application on WireMock.Net.</summary>
public sealed class WireMock_net_as_engine : IAsyncLifetime
{
    private readonly WireMockNetMock payments = new("payments", o => o.BaseAddress("Payments:BaseUrl"));
    private readonly Lane lane = new(0);
    private readonly TestScope test = new("t1@1", "test");
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        await payments.StartAsync(new FixtureContext("T", AppContext.BaseDirectory, null), TestContext.Current.CancellationToken);
        await payments.PrepareAsync(lane, test, TestContext.Current.CancellationToken);
        payments.LaneResolver = () => lane;
        client = new HttpClient { BaseAddress = new Uri(lane.Settings["Payments:BaseUrl"]!) };
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await payments.DisposeAsync();
    }

    [Fact]
    public async Task A_declined_card_is_answered()
    {
        payments.Server.Given(Request.Create().WithPath("/v1/charges").UsingPost()).RespondWith(Response.Create().WithStatusCode(402).WithBodyAsJson(new { error = "declined" }));

        using var response = await client.PostAsJsonAsync("/v1/charges", new { amount = 500 });

        response.StatusCode.Should().Be(HttpStatusCode.PaymentRequired);
        await Verifying().Should().NotThrowAsync();
    }

    [Fact]
    public async Task Busy_and_then_ok()
    {
        payments.Server.Given(Request.Create().WithPath("/v1/charges").UsingPost()).InScenario("busy").WillSetStateTo("ok").RespondWith(Response.Create().WithStatusCode(503));
        payments.Server.Given(Request.Create().WithPath("/v1/charges").UsingPost()).InScenario("busy").WhenStateIs("ok").RespondWith(Response.Create().WithStatusCode(201));

        using var first = await client.PostAsJsonAsync("/v1/charges", new { amount = 500 });
        using var second = await client.PostAsJsonAsync("/v1/charges", new { amount = 500 });

        ((int)first.StatusCode, (int)second.StatusCode).Should().Be((503, 201));
        await Verifying().Should().NotThrowAsync();
    }

    [Fact]
    public async Task An_unmatched_request_fails_the_test()
    {
        using var response = await client.GetAsync("/nothing");

        await Verifying().Should().ThrowAsync<MockVerificationException>().WithMessage("*no mapping matched GET /nothing*");
    }

    [Fact]
    public async Task An_unused_mapping_fails_the_test()
    {
        payments.Server.Given(Request.Create().WithPath("/v1/refunds")).WithTitle("refund").RespondWith(Response.Create().WithStatusCode(201));

        await Verifying().Should().ThrowAsync<MockVerificationException>().WithMessage("*mapping refund was never called*");
    }

    [Fact]
    public async Task The_next_test_of_the_lane_starts_clean()
    {
        payments.Server.Given(Request.Create().WithPath("/old")).RespondWith(Response.Create().WithStatusCode(200));
        await client.GetAsync("/old");

        await payments.PrepareAsync(lane, new TestScope("t2@1", "next"), TestContext.Current.CancellationToken);

        payments.Server.Mappings.Should().BeEmpty();
        payments.Server.LogEntries.Should().BeEmpty();
    }

    [Fact]
    public void Shared_stubs_are_refused_with_the_way_out() =>
        payments.Invoking(p => p.Shared).Should().Throw<NotSupportedException>().WithMessage("*use HttpMock*");

    private Func<Task> Verifying() => () => payments.VerifyAsync(lane, test, TestContext.Current.CancellationToken);
}
