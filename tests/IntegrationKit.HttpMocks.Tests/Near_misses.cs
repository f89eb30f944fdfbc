using System.Text;
using IntegrationKit.HttpMocks.Tests.Support;

namespace IntegrationKit.HttpMocks.Tests;

public sealed class Near_misses : IAsyncLifetime
{
    private MockHarness harness = null!;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        harness = await MockHarness.StartAsync();
        client = (await harness.BeginAsync()).Client();
        harness.Mock.Post("/v1/charges").WithHeader("Idempotency-Key", "k1").WithQuery("Mode", "live")
            .WithJson(new { amount = 500, tags = new[] { "a", "b" } }, ignoreExtra: false).Reply(201);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await harness.DisposeAsync();
    }

    [Fact]
    public async Task Wrong_method() => (await MissAsync("PUT", "/v1/charges?Mode=live", "k1", """{"amount":500,"tags":["a","b"]}""")).Should().Be("""
        No stub matched PUT /v1/charges?Mode=live: method: expected POST, was PUT

        1. nearest stub: POST /v1/charges
           ! method: expected POST, was PUT
           = path: "/v1/charges"
           = query Mode: "live"
           = header Idempotency-Key: "k1"
           = body: JSON {"amount":500,"tags":["a","b"]}

        """);

    [Fact]
    public async Task Path_typo() => (await HeadlineAsync("POST", "/v1/charge?Mode=live", "k1", """{"amount":500,"tags":["a","b"]}"""))
        .Should().Be("""No stub matched POST /v1/charge?Mode=live: path: expected "/v1/charges", was "/v1/charge" """.TrimEnd());

    [Fact]
    public async Task Missing_header() => (await HeadlineAsync("POST", "/v1/charges?Mode=live", null, """{"amount":500,"tags":["a","b"]}"""))
        .Should().Be("""No stub matched POST /v1/charges?Mode=live: header Idempotency-Key: expected "k1", was absent""");

    [Fact]
    public async Task Case_of_a_query_parameter() => (await HeadlineAsync("POST", "/v1/charges?mode=live", "k1", """{"amount":500,"tags":["a","b"]}"""))
        .Should().Be("""No stub matched POST /v1/charges?mode=live: query Mode: expected "live", was absent; there is "mode" """.TrimEnd());

    [Fact]
    public async Task One_json_field() => (await HeadlineAsync("POST", "/v1/charges?Mode=live", "k1", """{"amount":501,"tags":["a","b"]}"""))
        .Should().Be("No stub matched POST /v1/charges?Mode=live: body: $.amount: expected 500, was 501");

    [Fact]
    public async Task Order_of_an_array() => (await HeadlineAsync("POST", "/v1/charges?Mode=live", "k1", """{"amount":500,"tags":["b","a"]}"""))
        .Should().Be("""No stub matched POST /v1/charges?Mode=live: body: $.tags: same elements in another order: expected ["a","b"], was ["b","a"]""");

    [Fact]
    public async Task Number_as_text() => (await HeadlineAsync("POST", "/v1/charges?Mode=live", "k1", """{"amount":"500","tags":["a","b"]}"""))
        .Should().Be("""No stub matched POST /v1/charges?Mode=live: body: $.amount: expected 500 (number), was "500" (text)""");

    [Fact]
    public async Task Extra_field() => (await HeadlineAsync("POST", "/v1/charges?Mode=live", "k1", """{"amount":500,"tags":["a","b"],"note":"x"}"""))
        .Should().Be("""No stub matched POST /v1/charges?Mode=live: body: $.note: not expected, was "x" """.TrimEnd());

    [Fact]
    public async Task The_nearest_of_many_stubs_comes_first()
    {
        foreach (var path in new[] { "/v1/customers", "/v1/refunds", "/v2/charges", "/health" })
        {
            harness.Mock.Post(path).Reply(200);
        }

        var text = await MissAsync("POST", "/v1/refund", null, "{}");

        text.Should().StartWith("""No stub matched POST /v1/refund: path: expected "/v1/refunds", was "/v1/refund" """.TrimEnd());
        text.Should().Contain("1. nearest stub: POST /v1/refunds").And.Contain("3. nearest stub").And.NotContain("4. nearest stub");
    }

    private async Task<string> HeadlineAsync(string method, string url, string? key, string body) =>
        (await MissAsync(method, url, key, body)).Split('\n')[0];

    private async Task<string> MissAsync(string method, string url, string? key, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
