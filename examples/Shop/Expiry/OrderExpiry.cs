using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Data;
using Shop.Orders;

namespace Shop.Expiry;

/// <summary>Marks orders expired that were not paid in time, and returns their stock.</summary>
internal sealed class OrderExpiry(
    ShopDbContext database, OrderStock stock, TimeProvider time, IOptions<ExpiryOptions> options, ILogger<OrderExpiry> logger)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow().AddMinutes(-options.Value.AfterMinutes);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        // Orders that are just being paid or cancelled are locked: leave them for the next round.
        var late = await database.Orders
            .FromSql($"select * from orders where status = 'pending' and created_at < {deadline} for update skip locked")
            .ToListAsync(cancellationToken);
        foreach (var order in late)
        {
            order.Status = OrderStatus.Expired;
            await stock.ReturnAsync(order, cancellationToken);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (late.Count > 0)
        {
            logger.LogInformation("{Count} unpaid orders expired", late.Count);
        }

        return late.Count;
    }
}
