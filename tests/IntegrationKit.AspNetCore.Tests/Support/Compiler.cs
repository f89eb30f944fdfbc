using System.Diagnostics;

namespace IntegrationKit.Support;

/// <summary>The SDK's own compiler, without a project: text files against the assemblies of a folder.</summary>
internal static class Compiler
{
    /// <summary>What the compiler complains about; empty when the code compiles.</summary>
    public static async Task<string> CompileAsync(IEnumerable<string> sources, string assembly)
    {
        var folder = Directory.CreateTempSubdirectory("ik-compile-");
        try
        {
            var arguments = new List<string> { "-nologo", "-nostdlib", "-target:library", "-langversion:preview", "-nullable:enable", "-nowarn:CS1701,CS1702", $"-out:{Path.Combine(folder.FullName, "skeletons.dll")}" };
            arguments.AddRange(References(assembly).Select(reference => $"-r:\"{reference}\""));
            foreach (var (index, source) in sources.Index())
            {
                var file = Path.Combine(folder.FullName, $"Skeleton{index}.cs");
                await File.WriteAllTextAsync(file, source, TestContext.Current.CancellationToken);
                arguments.Add($"\"{file}\"");
            }

            var response = Path.Combine(folder.FullName, "skeletons.rsp");
            await File.WriteAllLinesAsync(response, arguments, TestContext.Current.CancellationToken);
            using var process = Process.Start(new ProcessStartInfo("dotnet", [Roslyn(), $"@{response}"]) { RedirectStandardOutput = true })!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return process.ExitCode == 0 ? "" : output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Where the running host is, the SDKs are beside it.</summary>
    private static string Roslyn()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        return Directory.EnumerateFiles(Path.Combine(root, "sdk"), "csc.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
    }

    private static IEnumerable<string> References(string assembly)
    {
        var shared = new[] { typeof(object).Assembly, typeof(Microsoft.AspNetCore.Http.HttpContext).Assembly }.Select(part => Path.GetDirectoryName(part.Location)!);
        return shared.Append(Path.GetDirectoryName(assembly)!).SelectMany(folder => Directory.EnumerateFiles(folder, "*.dll"))
            .Where(IsManaged).DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsManaged(string file)
    {
        using var image = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(file));
        return image.HasMetadata && image.PEHeaders.CorHeader is not null;
    }
}
