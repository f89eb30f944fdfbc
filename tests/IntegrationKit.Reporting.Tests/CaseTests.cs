using IntegrationKit.Journal;
using IntegrationKit.Samples;

namespace IntegrationKit;

/// <summary>A case is described once in the journal, and its tests refer to it.</summary>
public sealed class CaseTests
{
    private static readonly TestCasePlanned Rows = new()
    {
        CaseId = "1",
        Name = "Shop.OrderTests.Rows",
        ClassName = "Shop.OrderTests",
        MethodName = "Rows",
        Categories = ["Slow"],
        Workflows = ["checkout"],
        Traits = new Dictionary<string, IReadOnlyList<string>> { ["Category"] = ["Slow"], ["Team"] = ["Orders"] },
        SourcePath = "tests/OrderTests.cs",
        SourceLine = 7,
    };

    [Fact]
    public void A_test_is_reported_with_what_its_case_says()
    {
        using var run = new SampleRun();
        run.Publish(Rows);
        Pass(run, new TestStarted { Execution = "t1@1", TestId = "t1", CaseId = "1" });
        run.Done();

        var test = run.Report().TestResults.Tests.Should().ContainSingle().Which;

        test.Name.Should().Be("Shop.OrderTests.Rows");
        test.ClassName.Should().Be("Shop.OrderTests");
        test.MethodName.Should().Be("Rows");
        test.Source.Should().Be(new Model.TestSource("tests/OrderTests.cs", 7));
        test.Categories.Should().Equal("Slow");
        test.WorkflowIds.Should().Equal("checkout");
        test.Labels.Should().ContainKey("Team");
    }

    [Fact]
    public void A_row_has_its_own_name_and_labels_and_the_rest_of_its_case()
    {
        using var run = new SampleRun();
        run.Publish(Rows);
        Pass(run, new TestStarted { Execution = "t1@1", TestId = "t1", CaseId = "1", Name = "Rows(1)", Traits = new Dictionary<string, IReadOnlyList<string>> { ["Team"] = ["Billing"] } });
        run.Done();

        var test = run.Report().TestResults.Tests.Should().ContainSingle().Which;

        test.Name.Should().Be("Rows(1)");
        test.MethodName.Should().Be("Rows");
        test.Source!.Line.Should().Be(7);
        test.Categories.Should().BeNull("the row's labels are all its own");
        test.WorkflowIds.Should().BeNull();
        test.Labels.Should().ContainKey("Team").WhoseValue.Should().Equal("Billing");
    }

    [Fact]
    public void A_test_whose_case_cannot_be_read_keeps_its_outcome_and_is_named_by_its_id()
    {
        using var run = new SampleRun();
        run.Publish(Rows);
        Pass(run, new TestStarted { Execution = "t1@1", TestId = "t1", CaseId = "1" });
        run.Done();
        File.WriteAllText(run.Journal, File.ReadAllText(run.Journal).Replace("{\"e\":\"testcase.planned\"", "}}", StringComparison.Ordinal));

        var report = run.Report();

        report.TestResults.Tests.Should().ContainSingle().Which.Should().Match<Model.TestResult>(test =>
            test.Name == "t1" && test.ClassName == "" && test.Status == TestStatus.Passed);
        report.Issues.Should().ContainSingle(issue => issue.RuleId == "IK1005").Which.Message.Should().StartWith("1 unreadable line");
    }

    [Fact]
    public void A_name_of_megabytes_is_cut_with_the_case_as_with_the_test()
    {
        using var run = new SampleRun();
        run.Publish(Rows with { Name = new string('n', 1_000_000) });
        Pass(run, new TestStarted { Execution = "t1@1", TestId = "t1", CaseId = "1" });
        run.Done();

        run.Report().TestResults.Tests.Should().ContainSingle().Which.Name.Should().Contain("characters cut").And.Match(name => name.Length < 5_000);
    }

    [Fact]
    public void A_case_that_never_began_says_where_it_is_and_what_it_is_about()
    {
        using var run = new SampleRun();
        run.Publish(Rows);
        run.Abandon();

        var test = run.Report().TestResults.Tests.Should().ContainSingle().Subject;

        test.Source.Should().Be(new Model.TestSource("tests/OrderTests.cs", 7));
        test.Categories.Should().Equal("Slow");
        test.WorkflowIds.Should().Equal("checkout");
        test.Labels.Should().ContainKey("Team").WhoseValue.Should().Equal("Orders");
    }

    private static void Pass(SampleRun run, TestStarted test)
    {
        run.Publish(test);
        run.Finish(test.Execution);
    }
}
