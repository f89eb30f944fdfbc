using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Shop.Data;
using Shop.Hosting;

namespace Shop.Orders;

internal static class OrderEndpoints
{
    public static void AddOrders(this IServiceCollection services) =>
        services.AddScoped<OrderStock>().AddScoped<OrderDesk>();

    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/orders").WithTags("Orders").RequireAuthorization().ProducesProblem(401);
        orders.MapGet("/", ListAsync).ProducesValidationProblem();
        orders.MapGet("/{id:guid}", GetAsync).ProducesProblem(404);
        WithPaymentProblems(orders.MapPost("/", PlaceAsync).ProducesValidationProblem().ProducesProblem(404));
        WithPaymentProblems(orders.MapPost("/{id:guid}/payment", PayAsync).ProducesProblem(404));
        WithPaymentProblems(orders.MapPost("/{id:guid}/cancellation", CancelAsync).ProducesProblem(404));
    }

    private static async Task<Ok<Page<OrderView>>> ListAsync(
        [AsParameters] PageRequest page, [RegularExpression("pending|paid|cancelled|expired")] string? status,
        ClaimsPrincipal user, ShopDbContext database, CancellationToken cancellationToken)
    {
        var customer = user.UserId;
        var own = database.Orders.Where(order => order.Customer == customer);
        if (status is not null)
        {
            var wanted = Enum.Parse<OrderStatus>(status, ignoreCase: true);
            own = own.Where(order => order.Status == wanted);
        }

        var newestFirst = own.OrderByDescending(order => order.CreatedAt).ThenByDescending(order => order.Id);
        return TypedResults.Ok(await page.ReadAsync(newestFirst.Select(OrderView.Of), cancellationToken));
    }

    private static async Task<Results<Ok<OrderView>, NotFound>> GetAsync(
        Guid id, ClaimsPrincipal user, ShopDbContext database, CancellationToken cancellationToken)
    {
        var (customer, seesAll) = (user.UserId, user.IsAdmin);
        var order = await database.Orders.Where(order => order.Id == id && (order.Customer == customer || seesAll))
            .Select(OrderView.Of).SingleOrDefaultAsync(cancellationToken);
        return order is null ? TypedResults.NotFound() : TypedResults.Ok(order);
    }

    private static Task<Results<Created<OrderView>, ProblemHttpResult>> PlaceAsync(
        NewOrder order, ClaimsPrincipal user, OrderDesk desk, CancellationToken cancellationToken) =>
        desk.PlaceAsync(user.UserId, order, cancellationToken);

    private static Task<Results<NoContent, NotFound, ProblemHttpResult>> PayAsync(
        Guid id, ClaimsPrincipal user, OrderDesk desk, CancellationToken cancellationToken) =>
        desk.PayAsync(user.UserId, id, cancellationToken);

    private static Task<Results<NoContent, NotFound, ProblemHttpResult>> CancelAsync(
        Guid id, ClaimsPrincipal user, OrderDesk desk, CancellationToken cancellationToken) =>
        desk.CancelAsync(user.UserId, id, cancellationToken);

    private static void WithPaymentProblems(RouteHandlerBuilder endpoint) =>
        endpoint.ProducesProblem(402).ProducesProblem(409).ProducesProblem(503).ProducesProblem(504);
}
