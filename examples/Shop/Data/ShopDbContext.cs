using Microsoft.EntityFrameworkCore;
using Shop.Orders;
using Shop.Payments;
using Shop.Products;

namespace Shop.Data;

/// <summary>The Shop's tables. Schema changes are migrations, applied when a version is deployed.</summary>
public sealed class ShopDbContext(DbContextOptions<ShopDbContext> options) : DbContext(options)
{
    public DbSet<Product> Products => Set<Product>();

    public DbSet<PriceChange> PriceChanges => Set<PriceChange>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Payment> Payments => Set<Payment>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ShopDbContext).Assembly);
        SnakeCaseNames.Apply(modelBuilder);
    }
}
