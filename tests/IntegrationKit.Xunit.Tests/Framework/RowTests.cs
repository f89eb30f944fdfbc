using IntegrationKit.FrameworkTests.Specimens;
using IntegrationKit.Journal;

namespace IntegrationKit.FrameworkTests.Framework;

public sealed class RowTests
{
    [Fact]
    public async Task Rows_of_one_case_share_its_description_and_keep_what_is_their_own()
    {
        using var run = SpecimenRun.Start<RowSpecimen>();
        await run.WaitAsync();

        var journal = run.Journal();
        var planned = journal.OfType<TestCasePlanned>().Should().ContainSingle().Which;
        journal.OfType<TestStarted>().Should().HaveCount(3).And.OnlyContain(test =>
            test.CaseId == planned.CaseId && test.ClassName == null && test.MethodName == null && test.SourcePath == null && test.SourceLine == null);
        planned.SourcePath.Should().EndWith("RowSpecimen.cs");
        planned.Categories.Should().Equal("Slow");

        var tests = run.Report().TestResults.Tests.OrderBy(test => test.Parameters![0].Value, StringComparer.Ordinal).ToArray();
        tests.Should().OnlyContain(test => test.ClassName == typeof(RowSpecimen).FullName && test.MethodName == "Rows" && test.Source!.Path.EndsWith("RowSpecimen.cs"));
        tests.Select(test => test.WorkflowIds).Should().AllBeEquivalentTo(new[] { "checkout" });
        tests[0].Categories.Should().Equal("Slow");
        tests[1].Categories.Should().Equal("Nightly", "Slow");
        tests[2].Name.Should().StartWith("the third");
    }
}
