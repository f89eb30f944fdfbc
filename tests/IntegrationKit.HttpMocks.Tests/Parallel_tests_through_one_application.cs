using System.Collections.Concurrent;
using IntegrationKit.HttpMocks.Tests.Support;
using IntegrationKit.Scoping;
using IntegrationKit.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrationKit.HttpMocks.Tests;

public sealed class Parallel_tests_through_one_application : IAsyncLifetime
{
    private const int Tests = 64;
    private const int Calls = 50;

    private readonly ConcurrentQueue<MockExchange> exchanges = new();
    private MockHarness harness = null!;
    private WebApplication application = null!;

    public async ValueTask InitializeAsync()
    {
        harness = await MockHarness.StartAsync(o => o.Stubs(m => m.Get("/background").Reply(200)));
        var observer = harness.Mock.Engine.Observer;
        harness.Mock.Engine.Observer = exchange =>
        {
            observer?.Invoke(exchange);
            exchanges.Enqueue(exchange);
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHttpClient();
        application = builder.Build();
        application.MapGet("/work/{number}", async (string number, IHttpClientFactory clients, HttpContext http) =>
        {
            using var client = clients.CreateClient();
            if (http.Request.Query.ContainsKey("background"))
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ => _ = new HttpClient().GetAsync($"{harness.Mock.SharedUrl}/background"), null);
            }

            return await client.GetStringAsync($"{harness.Mock.SharedUrl}/answer");
        });
        await application.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        await harness.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_gets_its_own_answers_and_journal(bool withBackgroundWork)
    {
        var wrong = await Task.WhenAll(Enumerable.Range(0, Tests).Select(number => PlayAsync(number, withBackgroundWork)));

        wrong.Sum().Should().Be(0);
        var answers = exchanges.Where(exchange => exchange.Entry.Request.Path == "/answer").ToArray();
        answers.Should().HaveCount(Tests * Calls);
        answers.Should().OnlyContain(exchange => exchange.Owner.Test != null && exchange.Entry.Stub!.Mapping.Name == exchange.Owner.Test.Execution);
        if (withBackgroundWork)
        {
            await UntilAsync(() => exchanges.Count(e => e.Entry.Request.Path == "/background") == Tests * Calls);
            exchanges.Where(e => e.Entry.Request.Path == "/background").Should().OnlyContain(exchange => exchange.Owner.Test == null);
        }
    }

    private async Task<int> PlayAsync(int number, bool withBackgroundWork)
    {
        var test = (await harness.BeginAsync()).Enter();
        harness.Mock.Get("/answer").Named(test.Test.Execution).ReplyText(200, $"answer {number}").Times(Calls);
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri(application.Urls.First()) };
        client.DefaultRequestHeaders.Add("baggage", $"{TestScopes.BaggageKey}={test.Test.BaggageId}");
        client.DefaultRequestHeaders.Add("traceparent", $"00-{test.Test.TraceId}-{test.Test.BaggageId}-01");
        var wrong = 0;
        for (var i = 0; i < Calls; i++)
        {
            wrong += await client.GetStringAsync($"/work/{number}{(withBackgroundWork ? "?background" : "")}") == $"answer {number}" ? 0 : 1;
        }

        await test.VerifyAsync();
        wrong += harness.Mock.Requests.Count == Calls ? 0 : 1;
        await test.EndAsync();
        return wrong;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(20, deadline.Token);
        }
    }
}
