using System.Threading.Channels;

namespace MinimalApi;

/// <summary>Background work: calls the downstream service once at the start and whenever it is poked.</summary>
internal sealed class Poker(IHttpClientFactory clients, IConfiguration configuration) : BackgroundService
{
    private static int stops;
    private readonly Channel<string> markers = Channel.CreateUnbounded<string>();
    private int ownStops;

    /// <summary>How often any instance was stopped a second time.</summary>
    public static int SecondStops => stops;

    public void Poke(string marker) => markers.Writer.TryWrite(marker);

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref ownStops) > 1)
        {
            Interlocked.Increment(ref stops);
        }

        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration["Downstream:BaseUrl"] is null)
        {
            return;
        }

        await CallAsync("at-start", stoppingToken);
        await foreach (var marker in markers.Reader.ReadAllAsync(stoppingToken))
        {
            await CallAsync(marker, stoppingToken);
        }
    }

    private async Task CallAsync(string marker, CancellationToken cancellationToken)
    {
        try
        {
            await clients.CreateClient("downstream").GetStringAsync($"/background/{marker}", cancellationToken);
        }
        catch (HttpRequestException)
        {
            // nobody listens, which is part of some tests
        }
    }
}

/// <summary>Never finishes starting when the configuration says so.</summary>
internal sealed class HangingStart(IConfiguration configuration) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        configuration["Fault"] == "hang" ? Task.Delay(Timeout.Infinite, CancellationToken.None) : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        configuration["Fault"] == "hang-stop" ? Task.Delay(Timeout.Infinite, CancellationToken.None) : Task.CompletedTask;
}
