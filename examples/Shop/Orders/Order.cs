using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Payments;
using Shop.Products;

namespace Shop.Orders;

/// <summary>A customer's order of one product, at the price of the day.</summary>
public sealed class Order
{
    public Guid Id { get; init; }

    public required string Customer { get; init; }

    public int ProductId { get; init; }

    public Product? Product { get; init; }

    public int Quantity { get; init; }

    public int AmountCents { get; init; }

    public OrderStatus Status { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public Payment? Payment { get; set; }
}

internal sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.ToTable("orders", table =>
        {
            table.HasCheckConstraint("ck_orders_quantity", "quantity > 0");
            table.HasCheckConstraint("ck_orders_status", "status in ('pending', 'paid', 'cancelled', 'expired')");
        });
        builder.HasKey(order => order.Id).HasName("pk_orders");
        builder.Property(order => order.Id).ValueGeneratedNever();
        builder.Property(order => order.Customer).HasMaxLength(100);
        builder.Property(order => order.Status).HasMaxLength(20).HasConversion(
            status => status.ToString().ToLowerInvariant(), text => Enum.Parse<OrderStatus>(text, ignoreCase: true));
        builder.HasOne(order => order.Product).WithMany().HasForeignKey(order => order.ProductId)
            .OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_orders_product");
        builder.HasIndex(order => order.Customer).HasDatabaseName("ix_orders_customer");
        builder.HasIndex(order => order.ProductId).HasDatabaseName("ix_orders_product");
    }
}
