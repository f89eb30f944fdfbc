using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Shop.Data;
using Shop.Hosting;
using Shop.Orders;

namespace Shop.Reports;

/// <summary>What was sold of one product.</summary>
public sealed record SalesLine(string Sku, int Orders, int Units, long RevenueCents);

internal static class SalesReport
{
    public static void MapSalesReport(this IEndpointRouteBuilder app) =>
        app.MapGet("/reports/sales", ReadAsync).WithTags("Reports").RequireAuthorization(Policies.Admin)
            .ProducesProblem(401).ProducesProblem(403);

    private static async Task<Ok<List<SalesLine>>> ReadAsync(
        DateTimeOffset? from, DateTimeOffset? to, ShopDbContext database, CancellationToken cancellationToken)
    {
        var (first, last) = (from?.ToUniversalTime(), to?.ToUniversalTime());
        var lines = await database.Orders
            .Where(order => order.Status == OrderStatus.Paid)
            .Where(order => (first == null || order.CreatedAt >= first) && (last == null || order.CreatedAt < last))
            .GroupBy(order => order.Product!.Sku)
            .OrderBy(sales => sales.Key)
            .Select(sales => new SalesLine(
                sales.Key, sales.Count(), sales.Sum(order => order.Quantity), sales.Sum(order => (long)order.AmountCents)))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(lines);
    }
}
