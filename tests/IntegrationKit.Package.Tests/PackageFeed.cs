using System.Reflection;
using IntegrationKit.Package.Tests;

[assembly: AssemblyFixture(typeof(PackageFeed))]

namespace IntegrationKit.Package.Tests;

/// <summary>Packs the built projects once, under a version of their own, into a folder that serves as package source.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("ik-packages-").FullName;

    /// <summary>New for every run: NuGet never looks again at a version it has seen.</summary>
    public string Version { get; } = "0.0.0-test" + DateTime.UtcNow.ToString("yyyyMMddHHmmssfff", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Why nothing is compiled ahead, as in build/pack.sh; null when the packages carry images.</summary>
    public string? PackedPlain { get; private set; }

    public static string Repository { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, Metadata("RepositoryRoot")));

    public async ValueTask InitializeAsync()
    {
        var compiler = await DotnetAsync("restore", Path.Combine("build", "Compiler.proj"), "--nologo", "-v", "q");
        PackedPlain = compiler.ExitCode == 0 ? null : $"Packed plain, the compiler cannot be restored: {compiler.Output.Trim()}";
        // One process for all of them: the solution's other projects are not packable.
        var pack = await DotnetAsync(
            "pack", "IntegrationKit.sln", "--no-build", "--nologo", "-v", "q", "-c", Metadata("Configuration"), "-o", Folder,
            "-p:Version=" + Version, "-p:CompileAhead=" + (PackedPlain is null ? "true" : "false"));
        pack.ExitCode.Should().Be(0, pack.Output);
    }

    private static async Task<Command> DotnetAsync(params string[] arguments) =>
        await Command.RunAsync(Repository, new Dictionary<string, string?>(StringComparer.Ordinal) { ["MSBUILDDISABLENODEREUSE"] = "1" }, "dotnet", arguments);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        foreach (var folder in Directory.GetDirectories(PackagesFolder, "integrationkit*").Select(package => Path.Combine(package, Version)))
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return ValueTask.CompletedTask;
    }

    private static string PackagesFolder => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string Metadata(string key) => typeof(PackageFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == key).Value!;
}
