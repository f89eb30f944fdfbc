using System.Diagnostics;
using System.Globalization;

namespace IntegrationKit.FrameworkTests.Specimens;

/// <summary>A file system in memory that is soon full.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static async Task<SmallDisk> MountAsync(int bytes)
    {
        var folder = Directory.CreateTempSubdirectory("ik-disk-").FullName;
        await RunAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={bytes}"), "tmpfs", folder);
        return new SmallDisk(folder);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", Folder);
        Directory.Delete(Folder);
    }

    private static async Task RunAsync(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.SkipWhen(process.ExitCode != 0 && file == "mount", $"No disk can be mounted here: {error}");
    }
}
