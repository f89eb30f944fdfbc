using Microsoft.Extensions.Options;

namespace Shop.Expiry;

/// <summary>Runs <see cref="OrderExpiry"/> at a steady interval. A failed round is logged and the next one tries again.</summary>
internal sealed class ExpiryWorker(
    IServiceScopeFactory scopes, TimeProvider time, IOptions<ExpiryOptions> options, ILogger<ExpiryWorker> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.IntervalSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<OrderExpiry>().RunAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "Unpaid orders could not be expired");
            }
        }
    }
}

internal static class ExpiryRegistration
{
    public static void AddOrderExpiry(this IServiceCollection services)
    {
        services.AddOptions<ExpiryOptions>().BindConfiguration("Expiry").ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<OrderExpiry>().AddHostedService<ExpiryWorker>();
    }
}
