using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Orders;

namespace Shop.Payments;

/// <summary>A charge the provider has accepted for an order.</summary>
public sealed class Payment
{
    public int Id { get; init; }

    public Guid OrderId { get; init; }

    public required string ChargeId { get; init; }

    public int AmountCents { get; init; }

    public DateTimeOffset? RefundedAt { get; set; }
}

internal sealed class PaymentConfiguration : IEntityTypeConfiguration<Payment>
{
    public void Configure(EntityTypeBuilder<Payment> builder)
    {
        builder.ToTable("payments", table => table.HasCheckConstraint("ck_payments_amount", "amount_cents > 0"));
        builder.HasKey(payment => payment.Id).HasName("pk_payments");
        builder.HasOne<Order>().WithOne(order => order.Payment).HasForeignKey<Payment>(payment => payment.OrderId)
            .HasConstraintName("fk_payments_order");
        builder.HasIndex(payment => payment.OrderId).IsUnique().HasDatabaseName("ux_payments_order");
        builder.HasIndex(payment => payment.ChargeId).IsUnique().HasDatabaseName("ux_payments_charge");
        builder.Property(payment => payment.ChargeId).HasMaxLength(100);
    }
}
