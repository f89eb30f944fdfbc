using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data;
using Shop.Hosting;

namespace Shop.Products;

internal static class ProductEndpoints
{
    public static void MapProducts(this IEndpointRouteBuilder app)
    {
        var products = app.MapGroup("/products").WithTags("Products");
        products.MapGet("/", ListAsync).ProducesValidationProblem();
        products.MapGet("/{sku}", GetAsync).ProducesProblem(404);

        var admin = products.MapGroup("").RequireAuthorization(Policies.Admin).ProducesProblem(401).ProducesProblem(403);
        admin.MapPost("/", CreateAsync).ProducesValidationProblem().ProducesProblem(409);
        admin.MapPut("/{sku}", UpdateAsync).ProducesValidationProblem().ProducesProblem(404);
        admin.MapDelete("/{sku}", DeleteAsync).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<Ok<Page<ProductView>>> ListAsync(
        [AsParameters] PageRequest page, string? search, ShopDbContext database, CancellationToken cancellationToken)
    {
        var query = database.Products.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            query = query.Where(product => EF.Functions.ILike(product.Name, $"%{search}%"));
        }

        var found = query.OrderBy(product => product.Sku).Select(View);
        return TypedResults.Ok(await page.ReadAsync(found, cancellationToken));
    }

    private static async Task<Results<Ok<ProductView>, NotFound>> GetAsync(
        string sku, ShopDbContext database, CancellationToken cancellationToken) =>
        await database.Products.Where(product => product.Sku == sku).Select(View).SingleOrDefaultAsync(cancellationToken)
            is { } product
            ? TypedResults.Ok(product)
            : TypedResults.NotFound();

    private static async Task<Results<Created<ProductView>, ProblemHttpResult>> CreateAsync(
        NewProduct product, ShopDbContext database, CancellationToken cancellationToken)
    {
        database.Products.Add(new Product
        {
            Sku = product.Sku,
            Name = product.Name,
            PriceCents = product.PriceCents,
            Stock = product.Stock,
        });
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return TypedResults.Problem($"There is a product {product.Sku} already.", statusCode: 409);
        }

        return TypedResults.Created(
            $"/products/{product.Sku}", new ProductView(product.Sku, product.Name, product.PriceCents, product.Stock));
    }

    private static async Task<Results<Ok<ProductView>, NotFound>> UpdateAsync(
        string sku, ProductUpdate update, ClaimsPrincipal user, ShopDbContext database, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var product = await database.Products.SingleOrDefaultAsync(product => product.Sku == sku, cancellationToken);
        if (product is null)
        {
            return TypedResults.NotFound();
        }

        if (product.PriceCents != update.PriceCents)
        {
            database.PriceChanges.Add(new PriceChange
            {
                ProductId = product.Id,
                OldCents = product.PriceCents,
                NewCents = update.PriceCents,
                ChangedBy = user.UserId,
                ChangedAt = time.GetUtcNow(),
            });
        }

        (product.Name, product.PriceCents, product.Stock) = (update.Name, update.PriceCents, update.Stock);
        await database.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(new ProductView(product.Sku, product.Name, product.PriceCents, product.Stock));
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> DeleteAsync(
        string sku, ShopDbContext database, CancellationToken cancellationToken)
    {
        if (await database.Orders.AnyAsync(order => order.Product!.Sku == sku, cancellationToken))
        {
            return TypedResults.Problem($"{sku} has been ordered and stays in the books.", statusCode: 409);
        }

        var deleted = await database.Products.Where(product => product.Sku == sku).ExecuteDeleteAsync(cancellationToken);
        return deleted == 0 ? TypedResults.NotFound() : TypedResults.NoContent();
    }

    private static System.Linq.Expressions.Expression<Func<Product, ProductView>> View { get; } =
        product => new ProductView(product.Sku, product.Name, product.PriceCents, product.Stock);
}
