using Dapper;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Depot;

public enum Sorting
{
    Name,
    Weight,
}

[ApiController, Route("api/tasks")]
public sealed class WorkController(NpgsqlDataSource source, IHttpClientFactory clients, ILogger<WorkController> log) : ControllerBase
{
    [HttpGet("loop")]
    public async Task<int> Loop()
    {
        await using var connection = await source.OpenConnectionAsync();
        var total = 0;
        foreach (var id in (await connection.QueryAsync<int>("select id from items")).ToList())
        {
            total += await connection.ExecuteScalarAsync<int>("select count(*) from docks where id = @id", new { id }); // one query for each item
        }

        return total;
    }

    [HttpGet("joined")]
    public async Task<int> Joined()
    {
        await using var connection = await source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>("select count(*) from items join docks using (id)");
    }

    [HttpPost("commit"), Microsoft.AspNetCore.Authorization.AllowAnonymous]
    public async Task<IActionResult> Commit()
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("insert into movements (what) values ('in')", transaction: transaction);
        await transaction.CommitAsync();
        return NoContent();
    }

    [HttpGet("broken")]
    public IActionResult Broken() => throw new InvalidOperationException("the lift is stuck");

    [HttpGet("complaint")]
    public void Complaint() => log.LogWarning("the scale needs calibration");

    [HttpGet("price")]
    public async Task<string> Price()
    {
        using var answer = await clients.CreateClient("pricing").GetAsync(new Uri("/price", UriKind.Relative));
        return answer.IsSuccessStatusCode ? "priced" : "unpriced";
    }

    [HttpGet("carrier")]
    public async Task<string> Carrier()
    {
        try
        {
            using var answer = await clients.CreateClient("carrier").GetAsync(new Uri("/truck", UriKind.Relative));
            return answer.IsSuccessStatusCode ? "coming" : "none";
        }
        catch (OperationCanceledException)
        {
            return "late";
        }
    }

    [HttpGet("sorted")]
    public string Sorted([FromQuery] Sorting? by, [FromQuery] int? top) => $"{by} {top}";

    [HttpPost("note")]
    public IActionResult Note() => NoContent();

    [HttpGet("export")]
    public IActionResult Export() => Ok();
}
