using System.Text.Json;
using IntegrationKit.Runs;

namespace IntegrationKit.FrameworkTests.Runs;

public sealed class RehearsalTests
{
    [Fact]
    public void Its_lines_are_those_that_a_run_begins_with()
    {
        var kinds = Rehearsal.Run().Select(line => JsonDocument.Parse(line).RootElement.GetProperty("e").GetString());

        kinds.Should().Equal("run.started", "run.planned", "run.configured", "testcase.planned", "test.started", "test.finished");
    }
}
