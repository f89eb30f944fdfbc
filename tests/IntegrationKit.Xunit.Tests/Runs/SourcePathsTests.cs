using IntegrationKit.Runs;

namespace IntegrationKit.FrameworkTests.Runs;

public sealed class SourcePathsTests : IDisposable
{
    private readonly string repository = Directory.CreateTempSubdirectory("ik-sources-").FullName;

    [Fact]
    public void Paths_are_relative_to_the_repository()
    {
        Directory.CreateDirectory(Path.Combine(repository, ".git"));
        var project = Directory.CreateDirectory(Path.Combine(repository, "tests", "A")).FullName;

        new SourcePaths(project).Relative(Path.Combine(project, "X.cs")).Should().Be("tests/A/X.cs");
    }

    [Fact]
    public void Deterministic_paths_lose_their_prefix() =>
        new SourcePaths(repository).Relative("/_/tests/X.cs").Should().Be("tests/X.cs");

    [Fact]
    public void A_path_outside_shows_no_folder_of_the_machine() =>
        new SourcePaths(repository).Relative("/somewhere/else/X.cs").Should().Be("X.cs");

    public void Dispose() => Directory.Delete(repository, recursive: true);
}
