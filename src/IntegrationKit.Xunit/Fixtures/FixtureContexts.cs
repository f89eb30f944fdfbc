using System.Reflection;
using IntegrationKit.Resources;

namespace IntegrationKit.Fixtures;

/// <summary>Where a fixture's test assembly and project are.</summary>
internal static class FixtureContexts
{
    /// <summary>Assembly metadata that our build targets write: the project file relative to the output folder.</summary>
    public const string ProjectFileKey = "IntegrationKit.ProjectFile";

    public static FixtureContext For(IntegrationFixture fixture, string name)
    {
        var assembly = fixture.GetType().Assembly;
        var folder = Path.GetDirectoryName(assembly.Location) is { Length: > 0 } location ? location : AppContext.BaseDirectory;
        return new FixtureContext(name, folder, ProjectDirectory(assembly, folder)) { FixtureType = fixture.GetType().FullName };
    }

    /// <inheritdoc cref="ProjectDirectory(Assembly, string)"/>
    public static string? ProjectDirectory(Assembly assembly) =>
        ProjectDirectory(assembly, Path.GetDirectoryName(assembly.Location) is { Length: > 0 } location ? location : AppContext.BaseDirectory);

    /// <summary>The project's folder, or null when the tests run away from their sources (published output).</summary>
    public static string? ProjectDirectory(Assembly assembly, string baseDirectory)
    {
        var relative = assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => metadata.Key == ProjectFileKey)?.Value;
        if (string.IsNullOrEmpty(relative))
        {
            return null;
        }

        var file = Path.GetFullPath(Path.Combine(baseDirectory, relative.Replace('\\', '/')));
        return File.Exists(file) ? Path.GetDirectoryName(file) : null;
    }
}
