using IntegrationKit.Support;

namespace IntegrationKit;

/// <summary>The Shop's payments mock is checked against the provider's document in every run; its report says when it drifts.</summary>
public sealed class ShopDriftTests : IDisposable
{
    private readonly DirectoryInfo copy = Directory.CreateTempSubdirectory("ik-drift-");

    [Fact]
    public async Task A_stub_the_real_service_could_not_answer_is_an_issue_of_the_report()
    {
        var built = SuiteProcess.AssemblyOf("Shop.IntegrationTests", "Shop.IntegrationTests");
        Copy(Path.GetDirectoryName(built)!, copy.FullName);
        var stub = Path.Combine(copy.FullName, "mocks", "payments", "refund-accepted.json");
        var text = await File.ReadAllTextAsync(stub, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(stub, text.Replace("\"re_1\"", "1", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        using var sound = await SuiteProcess.RunAsync(built, "-class", "*.BrowsingTests");
        using var drifted = await SuiteProcess.RunAsync(Path.Combine(copy.FullName, Path.GetFileName(built)), "-class", "*.BrowsingTests");

        Drifts(sound).Should().BeEmpty();
        drifted.ExitCode.Should().Be(0, drifted.Output);
        var drift = Drifts(drifted).Should().ContainSingle().Subject;
        drift.Level.Should().Be("warning");
        drift.Points.Should().Equal("http:payments");
        drift.Text.Should().Contain("a refund is accepted").And.Contain("response body $.id: expected string, was 1");
    }

    public void Dispose() => copy.Delete(recursive: true);

    private static IEnumerable<Finding> Drifts(SuiteProcess run) =>
        Finding.From(run.Report.RootElement, "issues", "title", "message").Where(issue => issue.Rule == "IK5004");

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !Path.GetRelativePath(from, file).StartsWith("TestResults", StringComparison.Ordinal)))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
