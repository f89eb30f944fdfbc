using System.Net;
using System.Net.Http.Json;
using IntegrationKit.HttpMocks.Tests.Support;

namespace IntegrationKit.HttpMocks.Tests;

public sealed class Reply_callbacks : MockTest
{
    [Fact]
    public async Task Code_answers_from_the_request()
    {
        Mock.Post("/charges").Reply(request => (201, new { echo = request.Json<Charge>()!.Amount * 2, key = request.Header("Idempotency-Key") }));
        Client.DefaultRequestHeaders.Add("Idempotency-Key", "k1");

        using var response = await Client.PostAsJsonAsync("/charges", new Charge(21));

        response.StatusCode.Should().Be(HttpStatusCode.Created);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        (await response.Content.ReadAsStringAsync()).Should().Be("""{"echo":42,"key":"k1"}""");
    }

    [Fact]
    public async Task Code_takes_its_place_in_a_sequence()
    {
        Mock.Get("/x").Reply(503).Reply(_ => (202, null));

        (await Client.GetAsync("/x")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await Client.GetAsync("/x")).StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await Client.GetAsync("/x")).StatusCode.Should().Be(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Code_that_throws_is_a_500_with_the_reason()
    {
        Mock.Get("/x").Reply(_ => throw new InvalidOperationException("no such card"));

        using var response = await Client.GetAsync("/x");

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).Should().Be("GET /x: the reply's code threw InvalidOperationException: no such card\n");
    }

    [Fact]
    public void A_delay_may_stand_before_its_reply()
    {
        Mock.Get("/x").After(TimeSpan.FromMilliseconds(70)).Reply(200).Reply(201);

        Mock.Export().Split("fixedDelayMilliseconds").Should().HaveCount(2);
        Mock.Export().Should().Contain("\"fixedDelayMilliseconds\": 70");
    }

    private sealed record Charge(int Amount);
}
