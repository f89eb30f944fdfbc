using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MinimalApi;
using Npgsql;

var builder = WebApplication.CreateBuilder(args);
if (builder.Configuration["Fault"] == "start")
{
    throw new InvalidOperationException("the planted fault of the start");
}

var greeting = builder.Configuration["Greeting"] ?? "none"; // read while the application builds
builder.Services.AddControllers();
builder.Services.AddHttpClient("downstream", client => client.BaseAddress = new Uri(builder.Configuration["Downstream:BaseUrl"] ?? "http://127.0.0.1:9"));
builder.Services.AddSingleton<Poker>();
builder.Services.AddHostedService(services => services.GetRequiredService<Poker>());
builder.Services.AddHostedService<HangingStart>();
builder.Services.AddProblemDetails();
if (builder.Configuration.GetConnectionString("Marks") is { } marks)
{
    builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(marks));
}

builder.Services.AddAuthentication("Bearer").AddJwtBearer("Bearer", options =>
{
    options.Authority = builder.Configuration["Auth:Authority"];
    options.Audience = "api";
});
builder.Services.AddAuthorizationBuilder().AddPolicy("staff", policy => policy.RequireRole("staff", "admin"));

var app = builder.Build();
app.UseExceptionHandler();
app.UseAuthentication();
app.UseAuthorization();
app.MapGet("/greeting", () => greeting);
app.MapGet("/ping", () => "pong");
app.MapGet("/orders/{id:int}", (int id) => id < 100 ? Results.Ok(new Order(id, "A1")) : Results.NotFound()).Produces<Order>().Produces(404);
app.MapPost("/orders", (Order order) => Results.Created($"/orders/{order.Id}", order)).Produces<Order>(201).ProducesValidationProblem();
app.MapGet("/call/{marker}", async (string marker, IHttpClientFactory clients, IServiceProvider services, CancellationToken cancellationToken) =>
{
    if (services.GetService<NpgsqlDataSource>() is { } database)
    {
        await using var command = database.CreateCommand($"insert into marks values ('{marker}')");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    return await clients.CreateClient("downstream").GetStringAsync($"/echo/{marker}", cancellationToken);
});
app.MapPost("/poke/{marker}", (string marker, Poker poker) => poker.Poke(marker));
app.MapGet("/warn", (ILogger<Order> log) => log.LogWarning("careful, {Subject}", "everybody"));
app.MapGet("/boom", object () => throw new InvalidOperationException("the planted fault of the request"));
app.MapGet("/me", (HttpContext context) => context.User.Identity!.Name ?? "nameless").RequireAuthorization();
app.MapGet("/admin", () => "secret").RequireAuthorization(new AuthorizeAttribute { Roles = "admin" });
app.MapGet("/staff", () => "rota").RequireAuthorization("staff");
app.MapGet("/cookie", (HttpContext context) =>
{
    var seen = context.Request.Cookies["seen"] ?? "no";
    context.Response.Cookies.Append("seen", "yes");
    return seen;
});
app.MapGet("/liar", () => Results.Json(new { id = "seven", extra = true })).Produces<Order>();
app.MapGet("/problem", () => Results.Problem("known", statusCode: 409)).ProducesProblem(409);
app.MapGet("/large", async (HttpContext context) =>
{
    context.Response.ContentType = "application/json";
    var block = new byte[64 * 1024];
    for (var sent = 0; sent < 100 * 16; sent++)
    {
        await context.Response.Body.WriteAsync(block);
    }
}).WithMetadata(new ProducesResponseTypeMetadata(200, typeof(Order), ["application/json"]));
app.MapGet("/stream", async (HttpContext context) =>
{
    context.Response.ContentType = "text/event-stream";
    await context.Response.WriteAsync("data: one\n\n");
    await context.Response.Body.FlushAsync();
    await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
});
app.MapGet("/old", () => Results.Redirect("/ping"));
app.MapMethods("/multi", ["GET", "PUT"], () => "both");
app.Map("/any", () => "any");
app.MapControllers();
var growing = new GrowingEndpoints();
((IEndpointRouteBuilder)app).DataSources.Add(growing);
app.MapPost("/grow/{name}", (string name) => growing.Grow(name));
app.MapGet("/files/{**path}", (string path) => path);
app.MapGet("/image", () => Results.Bytes([0x89, 0x50, 0x00, 0xff, 0xfe], "image/png")).Produces(200, contentType: "image/png");
app.MapFallback("/spa/{**rest}", () => "page");
await app.RunAsync();

namespace MinimalApi
{
    internal sealed record Order(int Id, string Sku);

    [ApiController, Route("api/things")]
    public sealed class ThingsController : ControllerBase
    {
        [HttpGet("{id:int}")]
        [ProducesResponseType<string>(200), ProducesResponseType(404)]
        public ActionResult<string> Get(int id) => id < 100 ? $"thing {id}" : NotFound();

        [HttpPost, Authorize(Roles = "admin")]
        public ActionResult<string> Create([FromBody] string name) => name;
    }
}

/// <summary>The application's entry point.</summary>
public partial class Program;
