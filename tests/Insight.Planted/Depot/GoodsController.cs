using Dapper;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Depot;

public sealed record Goods(int Id, string Name, string? Note);

public sealed record GoodsDraft(string? Name, string? Note);

/// <summary>Five actions over one table: two are open, two need the clerk, one needs any signed-in caller.</summary>
[ApiController]
public abstract class GoodsController(NpgsqlDataSource source, string table) : ControllerBase
{
    [HttpGet]
    public async Task<IEnumerable<Goods>> List()
    {
        await using var connection = await source.OpenConnectionAsync();
        return await connection.QueryAsync<Goods>($"select id, name, note from {table} order by id");
    }

    [HttpGet("{id:int}"), ProducesResponseType<Goods>(200), ProducesResponseType(404)]
    public async Task<ActionResult<Goods>> Get(int id)
    {
        await using var connection = await source.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<Goods>($"select id, name, note from {table} where id = @id", new { id }) is { } found
            ? found
            : NotFound();
    }

    [HttpPost, Authorize(Roles = "clerk"), ProducesResponseType<Goods>(201), ProducesResponseType(400), ProducesResponseType(409)]
    public async Task<ActionResult<Goods>> Add(GoodsDraft draft)
    {
        if (string.IsNullOrWhiteSpace(draft.Name))
        {
            return BadRequest();
        }

        await using var connection = await source.OpenConnectionAsync();
        try
        {
            var id = await connection.ExecuteScalarAsync<int>(
                $"insert into {table} (name, note) values (@Name, @Note) returning id", draft);
            return StatusCode(201, new Goods(id, draft.Name, draft.Note));
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Conflict();
        }
    }

    [HttpPut("{id:int}"), Authorize(Roles = "clerk"), ProducesResponseType(204), ProducesResponseType(400), ProducesResponseType(404)]
    public async Task<IActionResult> Change(int id, GoodsDraft draft)
    {
        if (string.IsNullOrWhiteSpace(draft.Name))
        {
            return BadRequest();
        }

        await using var connection = await source.OpenConnectionAsync();
        return await connection.ExecuteAsync($"update {table} set note = @Note where id = @id", new { id, draft.Note }) == 1 ? NoContent() : NotFound();
    }

    [HttpDelete("{id:int}"), Authorize, ProducesResponseType(204), ProducesResponseType(404)]
    public async Task<IActionResult> Remove(int id)
    {
        await using var connection = await source.OpenConnectionAsync();
        return await connection.ExecuteAsync($"delete from {table} where id = @id", new { id }) == 1 ? NoContent() : NotFound();
    }
}

[Route("api/items")]
public sealed class ItemsController(NpgsqlDataSource source) : GoodsController(source, "items");

[Route("api/docks")]
public sealed class DocksController(NpgsqlDataSource source) : GoodsController(source, "docks");

[Route("api/crates")]
public sealed class CratesController(NpgsqlDataSource source) : GoodsController(source, "crates");

[Route("api/zones")]
public sealed class ZonesController(NpgsqlDataSource source) : GoodsController(source, "zones");

[Route("api/labels")]
public sealed class LabelsController(NpgsqlDataSource source) : GoodsController(source, "labels");
