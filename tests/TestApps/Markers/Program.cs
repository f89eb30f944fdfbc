using Npgsql;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(services => new NpgsqlDataSourceBuilder(services.GetRequiredService<IConfiguration>().GetConnectionString("Markers")).Build());
builder.Services.AddHttpClient("downstream", (services, client) =>
    client.BaseAddress = new Uri(services.GetRequiredService<IConfiguration>()["Downstream:BaseUrl"]!));
builder.Services.AddHostedService<Markers.Heartbeat>();
var app = builder.Build();

// Leaves the marker in a statement and in an outgoing call, with a hop to another thread in between.
app.MapGet("/mark/{marker:guid}", async (Guid marker, NpgsqlDataSource database, IHttpClientFactory clients, CancellationToken cancellationToken) =>
{
    await using var statement = database.CreateCommand($"INSERT INTO mark (text) VALUES ('{marker:N}')");
    await statement.ExecuteNonQueryAsync(cancellationToken);
    await Task.Yield();
    return await clients.CreateClient("downstream").GetStringAsync($"/echo/{marker:N}", cancellationToken);
});
await app.RunAsync();

namespace Markers
{
    /// <summary>Work that belongs to no test.</summary>
    internal sealed class Heartbeat(NpgsqlDataSource database) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await using var statement = database.CreateCommand("SELECT 'heartbeat'");
                await statement.ExecuteScalarAsync(stoppingToken);
            }
        }
    }
}

/// <summary>The application's entry point.</summary>
public partial class Program;
