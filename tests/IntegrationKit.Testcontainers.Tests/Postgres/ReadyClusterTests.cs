using IntegrationKit.Containers;
using IntegrationKit.Local;
using IntegrationKit.Servers;
using IntegrationKit.Testcontainers.Tests.Support;
using Npgsql;

namespace IntegrationKit.Testcontainers.Tests.Postgres;

/// <summary>A container's data folder is initialised once per image and handed to later containers.</summary>
public sealed class ReadyClusterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_starts_from_the_kept_folder_and_lets_in_nobody_with_the_kept_password()
    {
        await LocalDocker.RequireAsync();

        await using var server = await StartAsync();

        server.Details["started_from"].Should().Be("a kept data folder");
        (await ReadAsync(server, "SHOW data_directory")).Should().Be("/var/lib/postgresql/data");
        (await ReadAsync(server, "SELECT (pg_stat_file(current_setting('data_directory'))).isdir::text")).Should().Be("true");
        foreach (var secret in Entries().Select(entry => File.ReadAllText(entry.Secret)))
        {
            var kept = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = secret.Split(' ')[0], Pooling = false }.ConnectionString;
            var connect = async () =>
            {
                await using var connection = new NpgsqlConnection(kept);
                await connection.OpenAsync(Token);
            };
            (await connect.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be("28P01");
        }
    }

    [Fact]
    public async Task The_kept_folder_is_readable_by_its_owner_only()
    {
        await LocalDocker.RequireAsync();
        await using var server = await StartAsync();

        foreach (var entry in Entries())
        {
            File.GetUnixFileMode(entry.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.GetUnixFileMode(entry.Pack).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(entry.Secret).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_damaged_folder_is_made_again()
    {
        var engine = await LocalDocker.RequireAsync();
        await using (await StartAsync())
        {
        }

        var image = engine.Inspect(LocalDocker.Postgres) with { Digest = $"sha256:{Guid.NewGuid():N}" };
        var whole = await File.ReadAllBytesAsync(Entries().First().Pack, Token);
        var made = 0;
        Task<byte[]> Make(string password)
        {
            made++;
            return Task.FromResult(whole);
        }

        var first = await ReadyCluster.OfAsync(image, Make, Token);
        await ReadyCluster.OfAsync(image, Make, Token);
        made.Should().Be(1, "the second one is the first");
        var entry = Entries().Single(cached => File.ReadAllText(cached.Secret).StartsWith(first!.Password, StringComparison.Ordinal));
        await File.WriteAllBytesAsync(entry.Pack, whole[..^4096], Token);

        var again = await ReadyCluster.OfAsync(image, Make, Token);

        made.Should().Be(2);
        again!.Archive.Should().HaveSameCount(whole);
        Directory.Delete(Path.GetDirectoryName(entry.Path)!, recursive: true);
    }

    [Fact]
    public async Task An_image_that_gives_no_whole_folder_is_not_asked_again_that_day()
    {
        var engine = await LocalDocker.RequireAsync();
        var image = engine.Inspect(LocalDocker.Postgres) with { Digest = $"sha256:{Guid.NewGuid():N}" };
        var made = 0;
        for (var start = 0; start < 2; start++)
        {
            (await ReadyCluster.OfAsync(image, _ => Task.FromResult(new byte[++made]), Token)).Should().BeNull();
        }

        made.Should().Be(1);
        foreach (var folder in Directory.EnumerateDirectories(ClusterCache.BaseFolder).Where(folder => File.Exists(Path.Combine(folder, "refused"))))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<PostgresServer> StartAsync() =>
        new PostgresContainerProvider(LocalDocker.Postgres, null).StartAsync(new ServerNeeds("none", (_, _) => Task.CompletedTask), Token);

    private static IEnumerable<CachedCluster> Entries() =>
        ClusterCache.All().Where(entry => Path.GetFileName(Path.GetDirectoryName(entry.Path)!).StartsWith("image-", StringComparison.Ordinal));

    private static async Task<string?> ReadAsync(PostgresServer server, string query)
    {
        using var command = server.Admin.CreateCommand(query);
        return await command.ExecuteScalarAsync(Token) as string;
    }
}
