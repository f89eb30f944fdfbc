using System.Net;
using IntegrationKit.HttpMocks.Tests.Support;

namespace IntegrationKit.HttpMocks.Tests;

public sealed class Fault_matrix
{
    [Theory, FaultMatrix("payments")]
    public async Task A_careful_caller_survives(FaultCase fault)
    {
        await using var harness = await MockHarness.StartAsync();
        var test = await harness.BeginAsync();
        harness.Mock.Post("/v1/charges").Reply(fault);
        using var client = test.Client();
        client.Timeout = TimeSpan.FromMilliseconds(300);

        var outcome = await OutcomeAsync(client);

        outcome.Should().Be(fault.Kind switch
        {
            "slow" or "timeout" => "timed out",
            "reset" or "empty" or "malformed" => "connection failed",
            "garbage" => "no JSON",
            _ => fault.Kind,
        });
        fault.ToString().Should().Be($"payments: {fault.Kind}");
        await test.VerifyAsync();
    }

    private static async Task<string> OutcomeAsync(HttpClient client)
    {
        try
        {
            using var response = await client.PostAsync("/v1/charges", new StringContent("{}"));
            var body = await response.Content.ReadAsStringAsync();
            return response.StatusCode != HttpStatusCode.OK ? $"{(int)response.StatusCode}" : body.StartsWith('{') ? "ok" : "no JSON";
        }
        catch (TaskCanceledException)
        {
            return "timed out";
        }
        catch (HttpRequestException)
        {
            return "connection failed";
        }
    }
}
