using System.Reflection;
using IntegrationKit.Resources;

namespace IntegrationKit.Fixtures;

/// <summary>Where a fixture's test assembly and project are.</summary>
internal static class FixtureContexts
{
    /// <summary>Name of the assembly metadata our build targets write: the project folder relative to the output folder.</summary>
    public const string ProjectDirectoryKey = "IntegrationKit.ProjectDirectory";

    public static FixtureContext For(IntegrationFixture fixture, string name)
    {
        var assembly = fixture.GetType().Assembly;
        var folder = Path.GetDirectoryName(assembly.Location) is { Length: > 0 } location ? location : AppContext.BaseDirectory;
        return new FixtureContext(name, folder, ProjectDirectory(assembly, folder));
    }

    public static string? ProjectDirectory(Assembly assembly, string baseDirectory)
    {
        var relative = assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => metadata.Key == ProjectDirectoryKey)?.Value;
        if (string.IsNullOrEmpty(relative))
        {
            return null;
        }

        var full = Path.GetFullPath(Path.Combine(baseDirectory, relative.Replace('\\', '/')));
        return Directory.Exists(full) ? full : null;
    }
}
