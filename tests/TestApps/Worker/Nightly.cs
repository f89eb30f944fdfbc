using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Worker;

/// <summary>Once an hour: writes a row, a file, and tells a service with a hard-coded address.</summary>
public sealed class Nightly(IConfiguration configuration, TimeProvider clock, IHttpClientFactory clients) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        await using var database = NpgsqlDataSource.Create(configuration["ConnectionStrings:Nights"]!);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await using var insert = database.CreateCommand("insert into nights (at) values ($1)");
            insert.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow().UtcDateTime });
            await insert.ExecuteNonQueryAsync(stoppingToken);
            using var client = clients.CreateClient();
            using var answer = await client.PostAsync(new Uri("http://night.example/done"), null, stoppingToken);
            await File.WriteAllTextAsync(Path.Combine(configuration["Folder"]!, "night.txt"), answer.StatusCode.ToString(), stoppingToken);
        }
    }
}
