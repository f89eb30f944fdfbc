using IntegrationKit.FrameworkTests.Specimens;
using IntegrationKit.Journal;

[assembly: TestCollectionOrderer(typeof(IntegrationKit.SlowestFirst))]

namespace IntegrationKit.FrameworkTests.Sharding;

public sealed class SlowestFirstTests
{
    private static readonly string[] Others = ["-class", typeof(AnotherPacedSpecimen).FullName!, "-class", typeof(NewPacedSpecimen).FullName!, "-parallel", "none"];

    [Theory]
    [InlineData(9000, 1000, "PacedSpecimen", "NewPacedSpecimen", "AnotherPacedSpecimen")]
    [InlineData(1000, 9000, "AnotherPacedSpecimen", "NewPacedSpecimen", "PacedSpecimen")]
    public async Task The_collection_that_took_longest_starts_first_and_a_new_one_counts_as_the_median(int paced, int another, params string[] expected)
    {
        var durations = Path.Combine(Path.GetTempPath(), $"ik-paces-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(durations, Report(paced, another), TestContext.Current.CancellationToken);
        using var run = SpecimenRun.Start<PacedSpecimen>(new Dictionary<string, string> { ["INTEGRATIONKIT_DURATIONS"] = durations }, Others);
        await run.WaitAsync();
        File.Delete(durations);

        Order(run).Should().Equal(expected);
    }

    [Fact]
    public async Task Without_a_file_of_durations_the_last_report_counts()
    {
        var folder = Directory.CreateTempSubdirectory("ik-paces-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "report.json"), Report(1000, 9000), TestContext.Current.CancellationToken);
        using var run = SpecimenRun.Start<PacedSpecimen>(folder, folder, Others);
        await run.WaitAsync();

        Order(run).Should().Equal("AnotherPacedSpecimen", "NewPacedSpecimen", "PacedSpecimen");
    }

    [Fact]
    public async Task Half_a_report_changes_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("ik-paces-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "report.json"), Report(1000, 9000)[..40], TestContext.Current.CancellationToken);
        using var run = SpecimenRun.Start<PacedSpecimen>(folder, folder, Others);
        await run.WaitAsync();

        run.ExitCode.Should().Be(0);
        Order(run).Should().HaveCount(3);
    }

    private static IEnumerable<string> Order(SpecimenRun run) => run.Tests().Select(test => test.Case.ClassName.Split('.')[^1]);

    /// <summary>The median of the three known methods is the one of no specimen.</summary>
    private static string Report(int paced, int another) => $$"""
        { "testResults": { "tests": [
          { "className": "{{typeof(PacedSpecimen).FullName}}", "methodName": "Test", "durationUs": {{paced}} },
          { "className": "{{typeof(AnotherPacedSpecimen).FullName}}", "methodName": "Test", "durationUs": {{another}} },
          { "className": "Elsewhere", "methodName": "Test", "durationUs": 5000 } ] } }
        """;
}
