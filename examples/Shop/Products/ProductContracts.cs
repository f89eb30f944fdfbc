using System.ComponentModel.DataAnnotations;

namespace Shop.Products;

/// <summary>A product as the API shows it.</summary>
public sealed record ProductView(string Sku, string Name, int PriceCents, int Stock);

/// <summary>What an administrator sends to add a product.</summary>
public sealed record NewProduct(
    [Required, RegularExpression("^[A-Z0-9-]{1,40}$")] string Sku,
    [Required, StringLength(200, MinimumLength = 1)] string Name,
    [Range(1, 100_000_000)] int PriceCents,
    [Range(0, 1_000_000)] int Stock);

/// <summary>What an administrator sends to change a product.</summary>
public sealed record ProductUpdate(
    [Required, StringLength(200, MinimumLength = 1)] string Name,
    [Range(1, 100_000_000)] int PriceCents,
    [Range(0, 1_000_000)] int Stock);
