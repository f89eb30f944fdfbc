using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Hosting;

namespace Shop.Exports;

/// <summary>A finished export: its file name in the export folder and the number of orders in it.</summary>
public sealed record ExportView(string File, int Orders);

internal static class ExportEndpoints
{
    public static void AddOrderExport(this IServiceCollection services)
    {
        services.AddOptions<ExportOptions>().BindConfiguration("Export");
        services.AddScoped<OrderExport>();
    }

    public static void MapOrderExport(this IEndpointRouteBuilder app) =>
        app.MapPost("/exports/orders", WriteAsync).WithTags("Exports").RequireAuthorization(Policies.Admin)
            .ProducesProblem(401).ProducesProblem(403);

    private static async Task<Created<ExportView>> WriteAsync(
        OrderExport export, ILogger<OrderExport> logger, CancellationToken cancellationToken)
    {
        var written = await export.WriteAsync(cancellationToken);
        logger.LogInformation("Exported {Count} orders to {File}", written.Orders, written.File);
        return TypedResults.Created((string?)null, written);
    }
}
