using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Shop.Data;
using Shop.Payments;

namespace Shop.Orders;

/// <summary>
/// Places, charges and cancels orders. Each is one transaction around the payment: when the money does not come,
/// nothing has happened in the database.
/// </summary>
internal sealed class OrderDesk(
    ShopDbContext database, OrderStock stock, PaymentsClient payments, TimeProvider time, ILogger<OrderDesk> logger)
{
    /// <summary>Reserves the stock and, unless the customer pays later, charges the card.</summary>
    public async Task<Results<Created<OrderView>, ProblemHttpResult>> PlaceAsync(
        string customer, NewOrder wish, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var reserved = await stock.ReserveAsync(wish.Sku, wish.Quantity, cancellationToken);
        var product = await database.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Sku == wish.Sku, cancellationToken);
        if (product is null || !reserved)
        {
            return product is null
                ? TypedResults.Problem($"There is no product {wish.Sku}.", statusCode: 404)
                : TypedResults.Problem($"Only {product.Stock} of {wish.Sku} left.", statusCode: 409);
        }

        var order = new Order
        {
            Id = Guid.CreateVersion7(),
            Customer = customer,
            ProductId = product.Id,
            Quantity = wish.Quantity,
            AmountCents = product.PriceCents * wish.Quantity,
            Status = OrderStatus.Pending,
            CreatedAt = time.GetUtcNow(),
        };
        database.Orders.Add(order);
        await database.SaveChangesAsync(cancellationToken);
        if (!wish.PayLater && await ChargeAsync(order, cancellationToken) is { } problem)
        {
            return problem;
        }

        await transaction.CommitAsync(cancellationToken);
        logger.LogInformation("Order {Order} of {Quantity} {Sku} is {Status}", order.Id, order.Quantity, wish.Sku, order.Status);
        return TypedResults.Created($"/orders/{order.Id}", new OrderView(
            order.Id, wish.Sku, order.Quantity, order.AmountCents, order.Status, order.CreatedAt));
    }

    /// <summary>Charges an order that was placed to be paid later.</summary>
    public async Task<Results<NoContent, NotFound, ProblemHttpResult>> PayAsync(
        string customer, Guid id, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(customer, id, cancellationToken) is not { } order)
        {
            return TypedResults.NotFound();
        }

        if (order.Status is not OrderStatus.Pending)
        {
            return TypedResults.Problem($"The order is {order.Status} and cannot be paid.", statusCode: 409);
        }

        if (await ChargeAsync(order, cancellationToken) is { } problem)
        {
            return problem;
        }

        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Takes an order back: the stock returns, a payment is refunded.</summary>
    public async Task<Results<NoContent, NotFound, ProblemHttpResult>> CancelAsync(
        string customer, Guid id, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(customer, id, cancellationToken) is not { } order)
        {
            return TypedResults.NotFound();
        }

        if (order.Status is OrderStatus.Cancelled or OrderStatus.Expired)
        {
            return TypedResults.Problem($"The order is {order.Status} already.", statusCode: 409);
        }

        if (order.Payment is { } payment)
        {
            var outcome = await payments.RefundAsync(payment, cancellationToken);
            if (outcome is not PaymentOutcome.Accepted)
            {
                return outcome.ToProblem();
            }

            payment.RefundedAt = time.GetUtcNow();
        }

        order.Status = OrderStatus.Cancelled;
        await stock.ReturnAsync(order, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private async Task<ProblemHttpResult?> ChargeAsync(Order order, CancellationToken cancellationToken)
    {
        var outcome = await payments.ChargeAsync(order.Id, order.AmountCents, cancellationToken);
        if (outcome is not PaymentOutcome.Accepted accepted)
        {
            return outcome.ToProblem();
        }

        order.Payment = new Payment { OrderId = order.Id, ChargeId = accepted.Id, AmountCents = order.AmountCents };
        order.Status = OrderStatus.Paid;
        await database.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>Somebody else's order is as good as none. Locked, so that two requests cannot both pay or cancel it.</summary>
    private async Task<Order?> LockAsync(string customer, Guid id, CancellationToken cancellationToken)
    {
        var order = await database.Orders
            .FromSql($"select * from orders where id = {id} and customer = {customer} for update")
            .SingleOrDefaultAsync(cancellationToken);
        if (order is not null)
        {
            await database.Entry(order).Reference(o => o.Payment).LoadAsync(cancellationToken);
        }

        return order;
    }
}
