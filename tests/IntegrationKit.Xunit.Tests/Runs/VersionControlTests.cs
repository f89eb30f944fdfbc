using IntegrationKit.Runs;

namespace IntegrationKit.FrameworkTests.Runs;

public sealed class VersionControlTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private readonly string repository = Directory.CreateTempSubdirectory("ik-git-").FullName;

    [Fact]
    public void A_branch_resolves_to_its_commit()
    {
        Write(".git/HEAD", "ref: refs/heads/main\n");
        Write(".git/refs/heads/main", Commit + "\n");

        VersionControl.Read(repository).Should().Be((Commit, "main"));
    }

    [Fact]
    public void A_packed_branch_is_found()
    {
        Write(".git/HEAD", "ref: refs/heads/feature/x\n");
        Write(".git/packed-refs", $"# pack-refs\n{Commit} refs/heads/feature/x\n");

        VersionControl.Read(repository).Should().Be((Commit, "feature/x"));
    }

    [Fact]
    public void A_detached_head_has_no_branch()
    {
        Write(".git/HEAD", Commit + "\n");

        VersionControl.Read(repository).Should().Be((Commit, (string?)null));
    }

    [Fact]
    public void No_repository_is_no_error() => VersionControl.Read(null).Should().Be(((string?)null, (string?)null));

    public void Dispose() => Directory.Delete(repository, recursive: true);

    private void Write(string path, string text)
    {
        var file = Path.Combine(repository, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
