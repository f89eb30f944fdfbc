using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;

namespace Shop.Orders;

/// <summary>What a customer sends to order. Pays at once unless <paramref name="PayLater"/>.</summary>
public sealed record NewOrder([Required] string Sku, [Range(1, 100)] int Quantity, bool PayLater = false);

/// <summary>An order as the API shows it.</summary>
public sealed record OrderView(Guid Id, string Sku, int Quantity, int AmountCents, OrderStatus Status, DateTimeOffset CreatedAt)
{
    internal static Expression<Func<Order, OrderView>> Of { get; } = order => new OrderView(
        order.Id, order.Product!.Sku, order.Quantity, order.AmountCents, order.Status, order.CreatedAt);
}
