using System.Net;
using Library;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.EntityFrameworkCore;

// Planted: what is missing from the tests of this application, and what is wrong with it, is listed in ../facts.json.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<LibraryContext>((services, options) =>
    options.UseNpgsql(services.GetRequiredService<IConfiguration>().GetConnectionString("Library")));
builder.Services.AddProblemDetails();
builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
{
    options.Authority = builder.Configuration["Auth:Authority"];
    options.Audience = "api";
});
builder.Services.AddAuthorization();
foreach (var service in new[] { "ratings", "labels", "vault" })
{
    builder.Services.AddHttpClient(service, client =>
    {
        client.BaseAddress = new Uri(builder.Configuration[$"Services:{service}"] ?? "http://127.0.0.1:9");
        client.Timeout = TimeSpan.FromMilliseconds(1500);
    });
}

var app = builder.Build();
app.UseExceptionHandler();
app.UseAuthentication();
app.UseAuthorization();
app.MapShelf<Author>("authors");
app.MapShelf<Book>("books");
app.MapShelf<Member>("members");
app.MapShelf<Genre>("genres");
app.MapShelf<Branch>("branches");

app.MapGet("/summary", async (LibraryContext library) =>
{
    var total = 0;
    foreach (var id in await library.Authors.Select(author => author.Id).ToListAsync())
    {
        total += await library.Books.CountAsync(book => book.Id == id); // one query for each author
    }

    return total;
});
app.MapGet("/overview", async (LibraryContext library) => await library.Authors.CountAsync() + await library.Books.CountAsync());
app.MapGet("/broken", IResult () => throw new InvalidOperationException("the shelf is gone"));
app.MapGet("/teapot/{cup:int}", (int cup) => cup == 0 ? Results.NotFound() : Results.StatusCode(418)).Produces(200).Produces(404);
app.MapGet("/liar", () => Results.Json(new { id = "one" })).Produces<Author>();
app.MapGet("/honest", () => Results.Json(new Author { Id = 1, Name = "Ann" })).Produces<Author>();
app.MapGet("/complaint", (ILogger<Author> log) => log.LogWarning("the catalogue is out of date"));
app.MapGet("/failure", (ILogger<Book> log) => log.LogError("the index is broken"));
app.MapGet("/chatter", (ILogger<Member> log) => log.LogInformation("all is well"));
app.MapPost("/suggestions", (string text) => Results.Accepted(value: text.Length));
app.MapPost("/visits", (string door) => Results.Accepted(value: door.Length)).AllowAnonymous();
app.MapGet("/ratings", async (IHttpClientFactory clients) => await clients.CreateClient("ratings").GetStringAsync("/stars"));
app.MapGet("/labels", async (IHttpClientFactory clients) =>
{
    try
    {
        using var answer = await clients.CreateClient("labels").GetAsync("/label");
        return answer.StatusCode == HttpStatusCode.OK ? Results.Ok() : Results.StatusCode(502);
    }
    catch (OperationCanceledException)
    {
        return Results.StatusCode(504);
    }
}).Produces(200).Produces(502).Produces(504);
app.MapGet("/vault", async (IHttpClientFactory clients) => await clients.CreateClient("vault").GetStringAsync("/key"));
app.MapGet("/outside", async () =>
{
    using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
    try
    {
        return await client.GetStringAsync(new Uri("http://127.0.0.2:9/"));
    }
    catch (HttpRequestException)
    {
        return "nobody";
    }
});
app.MapPost("/moves", async (LibraryContext library) =>
{
    await using var transaction = await library.Database.BeginTransactionAsync();
    await library.Books.ExecuteUpdateAsync(books => books.SetProperty(book => book.Note, "moved"));
    await transaction.RollbackAsync();
    return Results.NoContent();
}).RequireAuthorization().Produces(204);
app.MapGet("/search", (string? text, Sorting? by) => $"{text} by {by}");
app.MapGet("/filter", (string? word, Sorting? by) => $"{word} by {by}");
app.MapGet("/statistics/{year:int}", (int year) => year);
app.MapPost("/imports", (Draft draft) => Results.Accepted(value: draft.Name)).RequireAuthorization();
app.MapDelete("/imports/{id:guid}", (Guid id) => Results.NoContent()).RequireAuthorization();
app.MapGet("/account", (HttpContext context) => context.User.Identity!.IsAuthenticated).RequireAuthorization();
await app.RunAsync();

internal enum Sorting
{
    Name,
    Newest,
}

/// <summary>The application's entry point.</summary>
public partial class Program;
