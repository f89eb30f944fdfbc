using IntegrationKit.Journal;
using IntegrationKit.Recording;
using IntegrationKit.Redaction;
using IntegrationKit.Runs;
using Xunit.Sdk;

namespace IntegrationKit.FrameworkTests.Runs;

public sealed class RunCasesTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"ik-cases-{Guid.NewGuid():N}.jsonl");

    [Fact]
    [Workflow("checkout")]
    public void A_case_that_nobody_planned_is_described_once_by_whoever_comes_first()
    {
        var testCase = TestContext.Current.TestCase!;
        var others = new ITestCaseMetadata[50];
        Array.Fill(others, testCase);

        using (var recorder = new Recorder(new JournalWriter(path), new Redactor()))
        {
            var cases = new RunCases("Suite", recorder, new SourcePaths(null));
            others.AsParallel().WithDegreeOfParallelism(4).Select(cases.Of).Distinct().Should().ContainSingle();
        }

        JournalReader.Read(path).Events.Should().ContainSingle().Which.Should().BeOfType<TestCasePlanned>().Which.Should().Match<TestCasePlanned>(planned =>
            planned.CaseId == "1" && planned.ClassName == typeof(RunCasesTests).FullName && planned.MethodName == testCase.TestMethodName
            && planned.Name == testCase.TestCaseDisplayName && planned.SourcePath!.EndsWith("RunCasesTests.cs", StringComparison.Ordinal) && planned.Workflows!.Single() == "checkout");
    }

    public void Dispose() => File.Delete(path);
}
