using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Shop.Payments;

/// <summary>Where the payment provider is, and how long a customer may wait for it.</summary>
public sealed class PaymentOptions
{
    [Required]
    public required Uri BaseUrl { get; init; }

    [Range(0.1, 60)]
    public double TimeoutSeconds { get; init; } = 10;
}

internal static class PaymentRegistration
{
    public static void AddPayments(this IServiceCollection services)
    {
        services.AddOptions<PaymentOptions>().BindConfiguration("Payments").ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient<PaymentsClient>((provider, client) =>
        {
            var options = provider.GetRequiredService<IOptions<PaymentOptions>>().Value;
            client.BaseAddress = options.BaseUrl;
            client.Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds);
        });
    }
}
