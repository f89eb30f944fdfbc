using Microsoft.EntityFrameworkCore;
using Shop.Data;
using Shop.Expiry;
using Shop.Exports;
using Shop.Hosting;
using Shop.Orders;
using Shop.Payments;
using Shop.Products;
using Shop.Reports;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<ShopDbContext>((services, options) =>
    options.UseNpgsql(services.GetRequiredService<IConfiguration>().GetConnectionString("Shop")));
builder.Services.AddShopAuthentication(builder.Configuration);
builder.Services.AddPayments();
builder.Services.AddOrders();
builder.Services.AddOrderExpiry();
builder.Services.AddOrderExport();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database");
builder.Services.AddProblemDetails();
// By default a malformed request is an exception on a developer's machine and a plain 400 everywhere else.
builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
builder.Services.AddValidation();
builder.Services.AddOpenApi();

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseAuthentication();
app.UseAuthorization();
app.MapHealthChecks("/health");
app.MapOpenApi();
app.MapProducts();
app.MapOrders();
app.MapSalesReport();
app.MapOrderExport();
await app.RunAsync();

/// <summary>The application's entry point, public so that other assemblies can host it.</summary>
public partial class Program;
