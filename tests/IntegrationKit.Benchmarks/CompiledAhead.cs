using System.Diagnostics;
using System.Reflection.PortableExecutable;

namespace IntegrationKit;

/// <summary>
/// Suites are measured as users have them: the kit's assemblies compiled ahead, because its packages carry them so, and
/// nothing else: xUnit, Entity Framework Core, the application and the peers' packages stay as their authors ship them.
/// </summary>
internal static class CompiledAhead
{
    /// <summary>The property to build a suite with; without the compiler the suite is built plain, and its rows say so.</summary>
    public static async Task<string> PropertyAsync(string root)
    {
        var start = new ProcessStartInfo("dotnet", ["restore", Path.Combine("build", "Compiler.proj"), "-v", "q", "--nologo"]) { WorkingDirectory = root, RedirectStandardOutput = true };
        using var restore = Process.Start(start)!;
        await restore.StandardOutput.ReadToEndAsync();
        await restore.WaitForExitAsync();
        return "-p:CompileAhead=" + (restore.ExitCode == 0 ? "true" : "false");
    }

    /// <summary>What the suite with this assembly really loads.</summary>
    public static string Note(string assembly)
    {
        using var reader = new PEReader(File.OpenRead(Path.Combine(Path.GetDirectoryName(assembly)!, "IntegrationKit.Xunit.dll")));
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0
            ? "only IntegrationKit compiled ahead, as in its packages"
            : "IntegrationKit not compiled ahead, unlike its packages";
    }
}
