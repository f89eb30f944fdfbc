using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Library;

internal sealed record Draft(string? Name, string? Note);

/// <summary>Five endpoints over one table: two are open, two need the clerk, one needs any signed-in caller.</summary>
internal static class Shelf
{
    public static void MapShelf<TEntry>(this IEndpointRouteBuilder app, string name)
        where TEntry : Entry, new()
    {
        var clerk = new AuthorizeAttribute { Roles = "clerk" };
        app.MapGet($"/{name}", async (LibraryContext library) => await library.Set<TEntry>().OrderBy(entry => entry.Id).ToListAsync());
        app.MapGet($"/{name}/{{id:int}}", async (int id, LibraryContext library) =>
            await library.Set<TEntry>().FindAsync(id) is { } entry ? Results.Ok(entry) : Results.NotFound()).Produces<TEntry>().Produces(404);
        app.MapPost($"/{name}", AddAsync<TEntry>).RequireAuthorization(clerk).Produces<TEntry>(201).Produces(400).Produces(409);
        app.MapPut($"/{name}/{{id:int}}", ChangeAsync<TEntry>).RequireAuthorization(clerk).Produces(204).Produces(400).Produces(404);
        app.MapDelete($"/{name}/{{id:int}}", async (int id, LibraryContext library) =>
            await library.Set<TEntry>().Where(entry => entry.Id == id).ExecuteDeleteAsync() == 1 ? Results.NoContent() : Results.NotFound())
            .RequireAuthorization().Produces(204).Produces(404);
    }

    private static async Task<IResult> AddAsync<TEntry>(Draft draft, LibraryContext library)
        where TEntry : Entry, new()
    {
        if (string.IsNullOrWhiteSpace(draft.Name))
        {
            return Results.BadRequest();
        }

        var entry = new TEntry { Name = draft.Name, Note = draft.Note };
        library.Add(entry);
        try
        {
            await library.SaveChangesAsync();
            return Results.Created((string?)null, entry);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Results.Conflict();
        }
    }

    private static async Task<IResult> ChangeAsync<TEntry>(int id, Draft draft, LibraryContext library)
        where TEntry : Entry, new()
    {
        if (string.IsNullOrWhiteSpace(draft.Name))
        {
            return Results.BadRequest();
        }

        return await library.Set<TEntry>().Where(entry => entry.Id == id)
            .ExecuteUpdateAsync(entries => entries.SetProperty(entry => entry.Note, draft.Note)) == 1 ? Results.NoContent() : Results.NotFound();
    }
}
