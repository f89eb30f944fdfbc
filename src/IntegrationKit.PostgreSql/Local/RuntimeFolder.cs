using System.Globalization;
using System.Security.Cryptography;

namespace IntegrationKit.Local;

/// <summary>
/// The private folder of one running server: its data and its socket, in memory where there is room. A lock file held open
/// by our process says that the owner lives; folders whose lock is free are swept by the next start.
/// </summary>
internal sealed class RuntimeFolder : IDisposable
{
    private const long RoomNeeded = 512L * 1024 * 1024;

    private FileStream? ownerLock;

    private RuntimeFolder(string path) => Path = path;

    public string Path { get; }

    public string Data => System.IO.Path.Combine(Path, "data");

    /// <summary>Folder of the Unix socket; short, because socket paths are limited to 107 bytes.</summary>
    public string Sockets => System.IO.Path.Combine(Path, "s");

    /// <summary>File with the password of the superuser.</summary>
    public string Secret => System.IO.Path.Combine(Path, "secret");

    public string KeepMark => System.IO.Path.Combine(Path, "keep");

    /// <summary>Parents of runtime folders, best first.</summary>
    public static IReadOnlyList<string> Roots()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"integrationkit-{Environment.UserName}");
        return Environment.GetEnvironmentVariable("INTEGRATIONKIT_RUNTIME") is { Length: > 0 } chosen
            ? [chosen]
            : [System.IO.Path.Combine("/dev/shm", name), System.IO.Path.Combine(System.IO.Path.GetTempPath(), name)];
    }

    /// <summary>Chooses a place; nothing is there before <see cref="Open"/>, so that a watchdog can come first.</summary>
    // again: the folder of a server that died, to be used again, so that its socket keeps its address.
    public static RuntimeFolder Choose(string? again = null)
    {
        if (again is not null && !Directory.Exists(again))
        {
            return new RuntimeFolder(again);
        }

        List<string> problems = [];
        foreach (var root in Roots())
        {
            try
            {
                if (Room(root) < RoomNeeded)
                {
                    problems.Add($"{root}: less than {RoomNeeded / 1024 / 1024} MB free");
                    continue;
                }

                PrivateFolder.Create(root, othersMayPass: true);
                return new RuntimeFolder(System.IO.Path.Combine(root, RandomNumberGenerator.GetHexString(10, lowercase: true)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{root}: {exception.Message}");
            }
        }

        throw new DatabaseSetupException(
            $"No folder for the data of a PostgreSQL server: {string.Join("; ", problems)}. Make room, or set INTEGRATIONKIT_RUNTIME to another folder.");
    }

    /// <summary>Makes the folder, ours as long as we live.</summary>
    public void Open()
    {
        ownerLock = new FileStream(LockPath(Path), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        PrivateFolder.Create(Path);
        PrivateFolder.Create(Sockets);
    }

    /// <summary>A server whose folder has this file goes on after the end of our process.</summary>
    public string LiveOnMark => System.IO.Path.Combine(Path, LiveOnName);

    public const string LiveOnName = "live-on";

    public void Keep(bool wanted)
    {
        if (wanted)
        {
            File.WriteAllText(KeepMark, "");
        }
        else if (Directory.Exists(Path))
        {
            File.Delete(KeepMark);
        }
    }

    public string ConnectionString() => new Npgsql.NpgsqlConnectionStringBuilder
    {
        Host = Sockets,
        Port = ClusterSettings.Port,
        Username = ClusterSettings.User,
        Password = File.ReadAllText(Secret),
        Database = "postgres",
    }.ConnectionString;

    public static string LockPath(string path) => path + ".lock";

    /// <summary>Forgets data that turned out to be unusable.</summary>
    public void Empty()
    {
        if (Directory.Exists(Data))
        {
            Directory.Delete(Data, recursive: true);
        }
    }

    public void Dispose()
    {
        ownerLock?.Dispose();
        if (File.Exists(LiveOnMark))
        {
            return;
        }

        try
        {
            File.Delete(LockPath(Path));
            if (Directory.Exists(Path) && !File.Exists(KeepMark))
            {
                Directory.Delete(Path, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The watchdog or the next start's sweep removes it.
        }
    }

    private static long Room(string root)
    {
        var existing = root;
        while (!Directory.Exists(existing))
        {
            existing = System.IO.Path.GetDirectoryName(existing) ?? "/";
        }

        return new DriveInfo(existing).AvailableFreeSpace;
    }
}
