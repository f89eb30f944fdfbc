using System.Net;
using System.Net.Http.Json;
using IntegrationKit.HttpMocks.Tests.Support;

namespace IntegrationKit.HttpMocks.Tests;

public sealed class Webhooks_and_proxies : IAsyncLifetime
{
    private MockHarness target = null!;
    private MockHarness harness = null!;
    private PlayedTest test = null!;

    public async ValueTask InitializeAsync()
    {
        target = await MockHarness.StartAsync();
        await target.BeginAsync();
        harness = await MockHarness.StartAsync();
        test = await harness.BeginAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await harness.DisposeAsync();
        await target.DisposeAsync();
    }

    [Theory]
    [InlineData("serveEventListeners")]
    [InlineData("postServeActions")]
    public async Task A_webhook_calls_with_its_templates_filled_in(string member)
    {
        target.Mock.Post("/callback").Reply(200);
        harness.Mock.Load($$$"""
            {"request":{"method":"POST","url":"/orders"},"response":{"status":202},
             "{{{member}}}":[{"name":"webhook","parameters":{"method":"POST","url":"{{{target.Mock.Url}}}/callback",
               "headers":{"X-Kind":"{{parameters.kind}}"},"body":"got {{jsonPath originalRequest.body '$.id'}}","kind":"paid"}}]}
            """);
        using var client = test.Anonymous();

        using var response = await client.PostAsJsonAsync("/orders", new { id = 7 });

        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
        var called = await CalledAsync();
        called.Text.Should().Be("got 7");
        called.Header("X-Kind").Should().Be("paid");
    }

    [Fact]
    public async Task A_proxy_stub_passes_on_what_it_is_told_to()
    {
        target.Mock.Get("/v2/rates").WithQuery("base", "EUR").WithHeader("X-Added", "yes").WithoutHeader("X-Secret").Reply(200, new { usd = 1.1 }).ReplyHeader("X-Real", "1");
        harness.Mock.Load($$$"""
            {"request":{"method":"GET","urlPathPattern":"/api/.*"},"response":{"proxyBaseUrl":"{{{target.Mock.Url}}}",
              "proxyUrlPrefixToRemove":"/api","additionalProxyRequestHeaders":{"X-Added":"yes"},"removeProxyRequestHeaders":["X-Secret"]}}
            """);
        using var client = test.Client();
        client.DefaultRequestHeaders.Remove("baggage");
        client.DefaultRequestHeaders.Add("X-Secret", "s3cret");

        using var response = await client.GetAsync("/api/v2/rates?base=EUR");

        (await response.Content.ReadAsStringAsync()).Should().Be("""{"usd":1.1}""");
        response.Headers.GetValues("X-Real").Should().Equal("1");
    }

    [Fact]
    public async Task A_proxy_target_that_is_down_is_a_500_that_names_it()
    {
        var url = target.Mock.Url;
        await target.DisposeAsync();
        harness.Mock.Load($$$"""{"request":{"url":"/x"},"response":{"proxyBaseUrl":"{{{url}}}"}}""");
        using var client = test.Client();

        using var response = await client.GetAsync("/x");

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).Should().Contain(url);
    }

    private async Task<CapturedRequest> CalledAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (target.Mock.Requests.Count == 0)
        {
            await Task.Delay(10, deadline.Token);
        }

        return target.Mock.Requests[0];
    }
}
