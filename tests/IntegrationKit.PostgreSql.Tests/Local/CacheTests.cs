namespace IntegrationKit.PostgreSql.Tests.Local;

/// <summary>Caches that are damaged, forbidden, from another time; folders without room.</summary>
public sealed class CacheTests : IDisposable
{
    private readonly string root = Directory.CreateDirectory($"/dev/shm/ikc-{Guid.NewGuid():N}"[..20]).FullName;

    private string Builds => Path.Combine(root, "builds");

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_done_without()
    {
        using var victim = await Victim.Start(root, ("INTEGRATIONKIT_CACHE", "/proc/nowhere"), ("TMPDIR", root)).ReadyAsync();

        await victim.EndAsync();

        Directory.GetDirectories(root, "integrationkit-cache-*").Should().ContainSingle("the temporary folder takes its place");
    }

    [Fact]
    public async Task Folders_without_room_are_named_with_the_way_out()
    {
        using var victim = Victim.Start(root, ("INTEGRATIONKIT_RUNTIME", "/proc/nowhere"));

        (await victim.ErrorAsync()).Should().Contain("No folder for the data of a PostgreSQL server: /proc/nowhere: less than 512 MB free")
            .And.Contain("set INTEGRATIONKIT_RUNTIME to another folder");
    }

    [Fact]
    public async Task A_clock_that_jumps_neither_hides_nor_removes_what_is_cached()
    {
        await OnceAsync();
        foreach (var year in new[] { 2099, 1999 })
        {
            foreach (var file in Directory.EnumerateFiles(root, "contents.json", SearchOption.AllDirectories))
            {
                File.SetLastWriteTimeUtc(file, new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            }

            await OnceAsync();
        }

        (await File.ReadAllLinesAsync(Builds, TestContext.Current.CancellationToken)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_damaged_cache_is_rebuilt()
    {
        using (var first = await Victim.Start(root).ReadyAsync())
        {
            await first.EndAsync();
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "cache"), "data.pack", SearchOption.AllDirectories))
        {
            Change(file, new FileInfo(file).Length / 2);
        }

        using var second = await Victim.Start(root).ReadyAsync();

        (await File.ReadAllLinesAsync(Builds, TestContext.Current.CancellationToken)).Should().HaveCount(2);
    }

    public void Dispose() => Victim.HoldsAsync(Delete, TimeSpan.FromSeconds(5)).GetAwaiter().GetResult();

    private async Task OnceAsync()
    {
        using var victim = await Victim.Start(root).ReadyAsync();
        await victim.EndAsync();
    }

    private static void Change(string file, long position)
    {
        using var stream = File.Open(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = position;
        var old = stream.ReadByte();
        stream.Position = position;
        stream.WriteByte((byte)(old ^ 0xFF));
    }

    private bool Delete()
    {
        try
        {
            Directory.Delete(root, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return !Directory.Exists(root);
        }
    }
}
