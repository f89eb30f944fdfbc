using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Products;

/// <summary>Who changed a price, and when: kept for the auditors.</summary>
public sealed class PriceChange
{
    public int Id { get; init; }

    public int ProductId { get; init; }

    public int OldCents { get; init; }

    public int NewCents { get; init; }

    public required string ChangedBy { get; init; }

    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class PriceChangeConfiguration : IEntityTypeConfiguration<PriceChange>
{
    public void Configure(EntityTypeBuilder<PriceChange> builder)
    {
        builder.ToTable("price_changes");
        builder.HasKey(change => change.Id).HasName("pk_price_changes");
        builder.HasOne<Product>().WithMany().HasForeignKey(change => change.ProductId)
            .OnDelete(DeleteBehavior.Cascade).HasConstraintName("fk_price_changes_product");
        builder.Property(change => change.ChangedBy).HasMaxLength(100);
    }
}
