using Microsoft.EntityFrameworkCore;
using Shop.Data;

namespace Shop.Orders;

/// <summary>Takes stock for orders and gives it back, safe against orders at the same moment.</summary>
internal sealed class OrderStock(ShopDbContext database)
{
    /// <summary>False when there is not enough left. The row stays locked until the transaction ends.</summary>
    public async Task<bool> ReserveAsync(string sku, int quantity, CancellationToken cancellationToken) =>
        await database.Products.Where(product => product.Sku == sku && product.Stock >= quantity).ExecuteUpdateAsync(
            update => update.SetProperty(product => product.Stock, product => product.Stock - quantity), cancellationToken) == 1;

    public async Task ReturnAsync(Order order, CancellationToken cancellationToken) =>
        await database.Products.Where(product => product.Id == order.ProductId).ExecuteUpdateAsync(
            update => update.SetProperty(product => product.Stock, product => product.Stock + order.Quantity), cancellationToken);
}
