using System.Text.Json;

namespace IntegrationKit.Local;

/// <summary>
/// The prebuilt npm packages list the symbolic links among their libraries in a file, for an install script that package
/// managers do not run without being asked. The links are made here when they are missing.
/// </summary>
internal static class PackagedLinks
{
    public static void Ensure(string binaries)
    {
        var native = Path.GetDirectoryName(binaries);
        var list = native is null ? null : Path.Combine(native, "pg-symlinks.json");
        if (list is null || !File.Exists(list))
        {
            return;
        }

        try
        {
            var package = Path.GetDirectoryName(native)!;
            using var links = JsonDocument.Parse(File.ReadAllText(list));
            foreach (var link in links.RootElement.EnumerateArray())
            {
                var target = Path.Combine(package, link.GetProperty("target").GetString()!);
                if (!File.Exists(target))
                {
                    File.CreateSymbolicLink(target, Path.GetFileName(link.GetProperty("source").GetString()!));
                }
            }

            foreach (var program in Directory.EnumerateFiles(binaries).Where(_ => !OperatingSystem.IsWindows()))
            {
                MakeExecutable(program);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            // The programs then say themselves which library they miss.
        }
    }

    private static void MakeExecutable(string program)
    {
        if (!OperatingSystem.IsWindows() && !File.GetUnixFileMode(program).HasFlag(UnixFileMode.UserExecute))
        {
            File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserExecute);
        }
    }
}
