using IntegrationKit.Comparing;
using IntegrationKit.Samples;

namespace IntegrationKit.GitHub;

public sealed class AnnotationTests
{
    [Fact]
    public void They_are_at_most_ten_errors_on_relative_paths_and_escaped()
    {
        using var run = new SampleRun();
        for (var i = 0; i < 30; i++)
        {
            run.Fail($"Test_{i}", "100% wrong:\nsecond, line");
        }

        var annotations = Annotations.Of(run.Done().Report());

        annotations.Should().HaveCount(10).And.AllSatisfy(a => a.Should().StartWith("::error file=tests/OrderTests.cs,line=12,title=").And.EndWith("::100%25 wrong:%0Asecond, line"));
    }

    [Fact]
    public void A_known_failure_is_none()
    {
        using var run = new SampleRun();
        run.Fail("A", "bad");
        run.Fail("B", "worse");
        run.Done();

        var annotations = Annotations.Of(run.Report(new ReportOptions { KnownFailures = [new KnownFailure { Rule = "IK3001", Match = "*.A", Owner = "ann", Reason = "later" }] }));

        annotations.Should().ContainSingle().Which.Should().Contain("title=Shop.OrderTests.B::worse");
    }
}
