using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Redaction;

namespace IntegrationKit;

public sealed class WrittenReportTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ik-written-");

    [Fact]
    public void A_good_run_has_passed_and_covers_what_it_called()
    {
        var report = Written();

        report.Should().HavePassed().And.CoverEndpoint("GET", "/orders").And.HaveFinding("IK1", "DELETE /orders/{id}");
        report.Should().HaveNoFindings("error");
    }

    [Fact]
    public void What_is_not_so_fails_with_what_the_report_says()
    {
        var report = Written();

        Failing(() => report.Should().HaveNoFindings(because: "we ship today"))
            .Should().StartWith("Expected the report to have no findings of level warning or above because we ship today, but it has ").And.Contain("\n  IK1 DELETE /orders/{id}: ");
        Failing(() => report.Should().CoverEndpoint("DELETE", "/orders/{id}")).Should().Be("Expected the report to cover DELETE /orders/{id}, but no test calls it.");
        Failing(() => report.Should().CoverEndpoint("GET", "/nowhere"))
            .Should().Be("Expected the report to cover GET /nowhere, but it knows no such endpoint, only:\n  GET /orders\n  DELETE /orders/{id}");
        Failing(() => report.Should().HaveFinding("IK13")).Should().Be("Expected the report to have a finding of IK13, but it has none of that rule.");
    }

    [Fact]
    public void A_level_that_does_not_exist_is_refused() =>
        FluentActions.Invoking(() => Written().Should().HaveNoFindings("fatal")).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void A_failed_run_has_not_passed() =>
        Failing(() => Written(TestStatus.Failed).Should().HavePassed()).Should().StartWith("Expected the report to be of a run that passed, but its verdict is failure: 1 ");

    public void Dispose() => folder.Delete(recursive: true);

    private static string Failing(Action assertion) => FluentActions.Invoking(assertion).Should().Throw<FluentAssertions.Execution.AssertionFailedException>().Which.Message;

    private WrittenReport Written(string status = TestStatus.Passed)
    {
        var journal = Path.Combine(folder.FullName, $"{status}.jsonl");
        using (var recorder = new Recorder(new JournalWriter(journal), new Redactor()))
        {
            recorder.Publish(new RunStarted { RunId = "r1", Assembly = "Orders.Tests", StartedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) });
            recorder.Publish(new PointDeclared { Id = "application:Orders", Kind = PointKind.Application, Name = "Orders" });
            recorder.Publish(new EndpointDeclared { Point = "application:Orders", Method = "GET", Route = "/orders" });
            recorder.Publish(new EndpointDeclared { Point = "application:Orders", Method = "DELETE", Route = "/orders/{id}" });
            recorder.Publish(new TestStarted { Execution = "t1@1", TestId = "t1", Name = "Orders.Tests.Lists", ClassName = "Orders.Tests" });
            recorder.Publish(new RequestHandled { Point = "application:Orders", Method = "GET", Route = "/orders", Path = "/orders", Status = 200, Test = "t1@1", Via = Via.Trace, Origin = Origin.Application });
            recorder.Publish(new TestFinished { Execution = "t1@1", Status = status });
            recorder.Publish(new RunFinished { Total = 1, Failed = status == TestStatus.Passed ? 0 : 1 });
        }

        ReportFiles.Write(journal, Path.Combine(folder.FullName, status));
        return WrittenReport.Read(Path.Combine(folder.FullName, status, "report.json"));
    }
}
