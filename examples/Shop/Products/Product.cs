using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Products;

/// <summary>Something for sale. Money is in cents.</summary>
public sealed class Product
{
    public int Id { get; init; }

    public required string Sku { get; init; }

    public required string Name { get; set; }

    public int PriceCents { get; set; }

    public int Stock { get; set; }
}

internal sealed class ProductConfiguration : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> builder)
    {
        builder.ToTable("products", table =>
        {
            table.HasCheckConstraint("ck_products_price", "price_cents > 0");
            table.HasCheckConstraint("ck_products_stock", "stock >= 0");
        });
        builder.HasKey(product => product.Id).HasName("pk_products");
        builder.HasIndex(product => product.Sku).IsUnique().HasDatabaseName("ux_products_sku");
        builder.Property(product => product.Sku).HasMaxLength(40);
        builder.Property(product => product.Name).HasMaxLength(200);
    }
}
