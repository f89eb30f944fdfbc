using Npgsql;

namespace IntegrationKit.PostgreSql.Tests.Local;

/// <summary>The database of a failed test on a local server, which would otherwise go away with its run.</summary>
public sealed class KeptServerTests : IDisposable
{
    private readonly string root = Directory.CreateDirectory($"/dev/shm/ikv-{Guid.NewGuid():N}"[..20]).FullName;

    private string Runtime => Path.Combine(root, "r");

    [Fact]
    public async Task A_server_with_the_database_of_a_failed_test_goes_on_until_it_is_pruned()
    {
        using (var run = await Victim.Start(root, ["fail"]).ReadyAsync())
        {
            await run.EndAsync();
        }

        var folder = Directory.GetDirectories(Runtime).Single();
        using (var other = await Victim.Start(root).ReadyAsync())
        {
            await other.EndAsync();
        }

        (await ReadAsync(folder)).Should().Be(7777, "neither the end of its run nor the next one removes it");

        using var prune = Victim.Start(root, ["prune"]);
        await prune.EndAsync();

        Directory.GetFileSystemEntries(Runtime).Should().BeEmpty();
        Victim.ProcessesOf(folder).Should().BeEmpty();
    }

    public void Dispose()
    {
        using (var prune = Victim.Start(root, ["prune"]))
        {
            prune.EndAsync().GetAwaiter().GetResult();
        }

        Directory.Delete(root, recursive: true);
    }

    private static async Task<object?> ReadAsync(string folder)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = Path.Combine(folder, "s"),
            Username = "postgres",
            Password = await File.ReadAllTextAsync(Path.Combine(folder, "secret")),
            Pooling = false,
        };
        await using var server = NpgsqlDataSource.Create(settings);
        await using var find = server.CreateCommand("SELECT datname FROM pg_database WHERE datname ~ '^ik_kept_'");
        settings.Database = (string?)await find.ExecuteScalarAsync();
        await using var kept = NpgsqlDataSource.Create(settings);
        await using var command = kept.CreateCommand("SELECT max(id) FROM t");
        return await command.ExecuteScalarAsync();
    }
}
