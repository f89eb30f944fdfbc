using System.Net;
using System.Net.Http.Json;
using IntegrationKit.HttpMocks.Tests.Support;

namespace IntegrationKit.HttpMocks.Tests;

public sealed class Fluent_stubs : MockTest
{
    [Fact]
    public async Task Answer_with_status_and_json()
    {
        Mock.Post("/v1/charges").WithJson(new { amount = 500 }).Reply(402, new { error = "declined" });

        using var response = await Client.PostAsJsonAsync("/v1/charges", new { amount = 500, currency = "EUR" });

        response.StatusCode.Should().Be(HttpStatusCode.PaymentRequired);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        (await response.Content.ReadAsStringAsync()).Should().Be("""{"error":"declined"}""");
        response.Headers.GetValues("Matched-Stub-Id").Should().ContainSingle();
    }

    [Fact]
    public async Task Match_method_path_query_and_header()
    {
        Mock.Get("/items").WithQuery("page", "2").WithHeader("Accept-Language", "de").ReplyText(200, "zwei");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/items?x=1&page=2");
        request.Headers.Add("accept-language", "de");

        using var response = await Client.SendAsync(request);
        using var other = await Client.GetAsync("/items?page=2");

        (await response.Content.ReadAsStringAsync()).Should().Be("zwei");
        other.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Match_templates_of_paths()
    {
        Mock.Get("/orders/{id}/lines/{line}").Reply(204);

        (await Client.GetAsync("/orders/7/lines/2")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await Client.GetAsync("/orders/7/lines/2/x")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Reply_in_sequence_and_repeat_the_last()
    {
        Mock.Get("/flaky").Reply(503).Reply(500).Reply(200);

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            using var response = await Client.GetAsync("/flaky");
            statuses.Add((int)response.StatusCode);
        }

        statuses.Should().Equal(503, 500, 200, 200);
    }

    [Fact]
    public async Task Sequences_give_each_reply_to_one_of_many_parallel_requests()
    {
        var stub = Mock.Get("/parallel");
        for (var i = 0; i < 20; i++)
        {
            stub.Reply(201 + i % 3);
        }

        stub.Reply(500);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
        {
            using var response = await Client.GetAsync("/parallel");
            return (int)response.StatusCode;
        }));

        statuses.Count(status => status == 500).Should().Be(10);
    }

    [Fact]
    public async Task Requests_are_captured_as_objects()
    {
        Mock.Post("/v1/charges").Reply(201);
        await Client.PostAsJsonAsync("/v1/charges?dry=1", new { amount = 7 });

        var captured = Mock.Requests.Should().ContainSingle().Subject;

        captured.Method.Should().Be("POST");
        captured.Path.Should().Be("/v1/charges");
        captured.Query("dry").Should().Be("1");
        captured.Json<Charge>()!.Amount.Should().Be(7);
        captured.Header("content-type").Should().StartWith("application/json");
    }

    [Fact]
    public async Task Export_and_load_round_trip()
    {
        Mock.Post("/v1/charges").WithQuery("a", "1").WithHeader("X-A", "b").WithJson(new { amount = 1 }, ignoreExtra: false)
            .Named("charge").AtPriority(2).Reply(503).Reply(201, new { id = 1 }).ReplyHeader("X-B", "c").After(TimeSpan.FromMilliseconds(5));
        var exported = Mock.Export();
        await Harness.BeginAsync();

        Mock.Load(exported);

        Mock.Export().Should().Be(exported);
    }

    [Fact]
    public void A_path_without_a_slash_is_refused() =>
        Mock.Invoking(mock => mock.Get("v1")).Should().Throw<ArgumentException>().WithMessage("*'/v1'*");

    private sealed record Charge(int Amount);
}
