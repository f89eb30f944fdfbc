using IntegrationKit.PostgreSql.Tests.Support;
using Npgsql;

namespace IntegrationKit.PostgreSql.Tests.Resets;

/// <summary>
/// A writer that goes on during and between resets, as a background worker does: a row it commits is either removed by the
/// reset or seen by the next one; the short cut for untouched databases must never hide one.
/// </summary>
public sealed class ConcurrentWriterTests
{
    private static readonly int Epochs = Environment.GetEnvironmentVariable("INTEGRATIONKIT_DEEP") == "1" ? 1500 : 100;

    [Fact]
    public async Task No_row_is_hidden_from_the_resets()
    {
        await using var database = await TestDatabase.ReadyAsync("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY); CREATE TABLE other (id int)");
        await using var source = NpgsqlDataSource.Create(database.Resource.ConnectionString);
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() => WriteAsync(source, stop.Token), CancellationToken.None);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            await database.BeginAsync();
        }

        await stop.CancelAsync();
        await writer;
        await database.BeginAsync();

        (await database.Resource.CountAsync("t")).Should().Be(0);
        (await database.Resource.CountAsync("other")).Should().Be(0);
    }

    [Fact]
    public async Task Every_row_committed_before_a_reset_is_gone_after_it()
    {
        await using var database = await TestDatabase.ReadyAsync("CREATE TABLE t (id int)");
        await using var disturbed = await TestDatabase.ReadyAsync("CREATE TABLE elsewhere (id int)");
        await using var elsewhere = NpgsqlDataSource.Create(disturbed.Resource.ConnectionString);
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() => WriteAsync(elsewhere, stop.Token, "elsewhere"), CancellationToken.None);
        var hidden = 0;
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            if (epoch % 3 != 0)
            {
                await database.Resource.ExecuteAsync("INSERT INTO t VALUES (1)");
            }

            await database.BeginAsync();
            hidden += (int)await database.Resource.CountAsync("t");
        }

        await stop.CancelAsync();
        await writer;
        hidden.Should().Be(0);
    }

    private static async Task WriteAsync(NpgsqlDataSource source, CancellationToken stop, string table = "other")
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            try
            {
                await using var command = source.CreateCommand(i % 4 == 0 ? $"BEGIN; INSERT INTO {table} VALUES (1); ROLLBACK" : $"INSERT INTO {table} VALUES (1)");
                await command.ExecuteNonQueryAsync(CancellationToken.None);
                await Task.Delay(i % 5, CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                // The reset may have ended this session; the next one goes on.
            }
        }
    }
}
