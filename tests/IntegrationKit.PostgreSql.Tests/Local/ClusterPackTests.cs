using IntegrationKit.Local;

namespace IntegrationKit.PostgreSql.Tests.Local;

public sealed class ClusterPackTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("ik-pack").FullName;

    private string Source => Path.Combine(root, "source");

    private string Pack => Path.Combine(root, "data.pack");

    private string Target => Path.Combine(root, "target");

    [Fact]
    public async Task Files_come_out_as_they_went_in_and_others_stay_out()
    {
        await PackAsync();

        ClusterPack.Open(Pack).Unpack(Target, static file => file, TestContext.Current.CancellationToken);

        Directory.GetFiles(Target, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Target, file)).Should().BeEquivalentTo("PG_VERSION", "base/1/big", "base/1/odd");
        (await File.ReadAllBytesAsync(Path.Combine(Target, "base/1/big"), TestContext.Current.CancellationToken))
            .Should().Equal(await File.ReadAllBytesAsync(Path.Combine(Source, "base/1/big"), TestContext.Current.CancellationToken));
        Directory.Exists(Path.Combine(Target, "pg_empty")).Should().BeTrue("a server needs its empty folders");
        Directory.Exists(Path.Combine(Target, "base/7")).Should().BeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(100_000)]
    public async Task A_pack_cut_short_is_recognised(int length)
    {
        await PackAsync();
        using (var stream = File.OpenWrite(Pack))
        {
            stream.SetLength(length);
        }

        var unpack = () => ClusterPack.Open(Pack).Unpack(Target, static file => file, TestContext.Current.CancellationToken);

        unpack.Should().Throw<InvalidDataException>();
    }

    [Fact]
    public async Task One_changed_byte_is_recognised()
    {
        await PackAsync();
        var bytes = await File.ReadAllBytesAsync(Pack, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(Pack, bytes, TestContext.Current.CancellationToken);

        var unpack = () => ClusterPack.Open(Pack).Unpack(Target, static file => file, TestContext.Current.CancellationToken);

        unpack.Should().Throw<AggregateException>().WithInnerException<InvalidDataException>();
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private async Task PackAsync()
    {
        foreach (var folder in new[] { "base/1", "base/7", "pg_empty" })
        {
            Directory.CreateDirectory(Path.Combine(Source, folder));
        }

        var content = new byte[300_001];
        new Random(1).NextBytes(content);
        await File.WriteAllBytesAsync(Path.Combine(Source, "base/1/big"), content);
        await File.WriteAllTextAsync(Path.Combine(Source, "base/1/odd"), "x");
        await File.WriteAllTextAsync(Path.Combine(Source, "base/7/clone"), "left out");
        await File.WriteAllTextAsync(Path.Combine(Source, "PG_VERSION"), "15");
        await File.WriteAllTextAsync(Path.Combine(Source, "postmaster.pid"), "1");
        await ClusterPack.WriteAsync(Source, Pack, ["base/7"], CancellationToken.None);
    }
}
