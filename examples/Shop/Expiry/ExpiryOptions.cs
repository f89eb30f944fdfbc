using System.ComponentModel.DataAnnotations;

namespace Shop.Expiry;

/// <summary>How often unpaid orders are looked for, and how long they may stay unpaid.</summary>
public sealed class ExpiryOptions
{
    [Range(0.05, 86_400)]
    public double IntervalSeconds { get; init; } = 60;

    [Range(0.05, 100_000)]
    public double AfterMinutes { get; init; } = 30;
}
