using System.Formats.Tar;
using System.Security.Cryptography;
using IntegrationKit.Identity;
using IntegrationKit.Local;
using IntegrationKit.Recording;

namespace IntegrationKit.Containers;

/// <summary>
/// The initialised data folder of an image, kept between runs: initialising takes longer than everything else in the start
/// of a container. It is brought out of a container once per image, and into each later one through its tether.
/// </summary>
// Archive: In tar's format, owners and permissions included.
// Password: Of the superuser in it; good for the one connection that replaces it.
internal sealed record ReadyCluster(byte[] Archive, string Password, ClusterCache Cache)
{
    /// <summary>Change it when what is inside an entry changes meaning.</summary>
    private const string Format = "1";

    /// <summary>The folder for the image, or null where none can be had; then a container initialises its own.</summary>
    // make: brings a folder out of a new container whose superuser has the password given.
    public static async Task<ReadyCluster?> OfAsync(ImageFacts image, Func<string, Task<byte[]>> make, CancellationToken cancellationToken)
    {
        try
        {
            var settings = ClusterSettings.ContainerInitialisation + string.Join(' ', ClusterSettings.ContainerArguments);
            var cache = ClusterCache.At($"image-{TestIds.Digest(image.Digest, 12)}-{TestIds.Digest(Format + settings, 10)}");
            if (cache.IsRefused)
            {
                return null;
            }

            if (await ReadAsync(cache, cancellationToken).ConfigureAwait(false) is { } present)
            {
                return present;
            }

            using var turn = await cache.LockAsync(cancellationToken).ConfigureAwait(false);
            return await ReadAsync(cache, cancellationToken).ConfigureAwait(false)
                ?? await MakeAsync(cache, make, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DatabaseSetupException or ContainerSetupException)
        {
            // No room, no right, or an image that does it in another way: a start without it says what is wrong, if anything is.
            return null;
        }
    }

    /// <summary>A container did not start with it.</summary>
    public void Discard()
    {
        try
        {
            Cache.Refuse();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next run finds out again.
        }
    }

    private static async Task<ReadyCluster?> ReadAsync(ClusterCache cache, CancellationToken cancellationToken)
    {
        if (cache.FindEmpty() is not { } entry)
        {
            return null;
        }

        // The secret's file holds the archive's checksum, too.
        var secret = (await File.ReadAllTextAsync(entry.Secret, cancellationToken).ConfigureAwait(false)).Split(' ');
        var archive = await File.ReadAllBytesAsync(entry.Pack, cancellationToken).ConfigureAwait(false);
        if (secret is not [var password, var checksum] || checksum != Checksum(archive))
        {
            ClusterCache.TryRemove(entry.Path);
            return null;
        }

        entry.Touch();
        Recorder.Current?.Redactor.Register(password);
        return new ReadyCluster(archive, password, cache);
    }

    private static async Task<ReadyCluster?> MakeAsync(ClusterCache cache, Func<string, Task<byte[]>> make, CancellationToken cancellationToken)
    {
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        Recorder.Current?.Redactor.Register(password);
        var archive = await make(password).ConfigureAwait(false);
        if (!IsWhole(archive))
        {
            cache.Refuse();
            return null;
        }

        await cache.SaveAsync(
            new ClusterContents([], null),
            async entry =>
            {
                await PrivateFolder.WriteAsync(entry.Pack, archive, cancellationToken).ConfigureAwait(false);
                await PrivateFolder.WriteSecretAsync(entry.Secret, $"{password} {Checksum(archive)}", cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return new ReadyCluster(archive, password, cache);
    }

    /// <summary>A server that was stopped in order has left what it is known by, and no mark of a running one.</summary>
    private static bool IsWhole(byte[] archive)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        try
        {
            using var reader = new TarReader(new MemoryStream(archive));
            while (reader.GetNextEntry() is { } entry)
            {
                names.Add(entry.Name);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or FormatException)
        {
            return false;
        }

        return names.Contains("./PG_VERSION") && names.Contains("./global/pg_control") && !names.Contains("./postmaster.pid");
    }

    private static string Checksum(byte[] archive) => Convert.ToHexString(SHA256.HashData(archive));
}
