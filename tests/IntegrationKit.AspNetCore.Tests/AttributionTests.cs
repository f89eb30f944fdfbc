using IntegrationKit.Observations;
using IntegrationKit.Support;

namespace IntegrationKit;

public sealed class AttributionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_request_statement_and_call_of_parallel_tests_belongs_to_its_test(bool onKestrel)
    {
        const int Tests = 16;
        const int Requests = 100;
        await using var downstream = await Downstream.StartAsync();
        await using var fixture = new MarksFixture(onKestrel, downstream.Address);

        var scopes = await Task.WhenAll(Enumerable.Range(0, Tests).Select(number => DrivenTest.RunAsync(fixture, async scope =>
        {
            for (var request = 0; request < Requests; request++)
            {
                var marker = $"{scope.Execution}-{request}";
                (await fixture.Client.GetStringAsync($"/call/{marker}")).Should().Be($"/echo/{marker}");
            }
        })));

        await RunRecording.WaitForAsync<RequestHandled>(last => last.Path == $"/call/{scopes[^1].Execution}-{Requests - 1}");
        var executions = scopes.Select(scope => scope.Execution).ToHashSet();
        var calls = RunRecording.Of<CallSent>().Where(call => call.Path.StartsWith("/echo/driven-", StringComparison.Ordinal) && Mine(call.Path)).ToList();
        calls.Should().HaveCount(Tests * Requests).And.OnlyContain(call => call.Path.StartsWith($"/echo/{call.Test}-"));
        var handled = RunRecording.Of<RequestHandled>().Where(request => Mine(request.Path)).ToList();
        handled.Should().HaveCount(Tests * Requests).And.OnlyContain(request => request.Path.StartsWith($"/call/{request.Test}-"));
        var statements = RunRecording.Of<SqlExecuted>().Where(sql => sql.Text.StartsWith("insert into marks", StringComparison.Ordinal) && Mine(sql.Text.Split('\'')[1])).ToList();
        statements.Should().HaveCount(Tests * Requests).And.OnlyContain(sql => sql.Text.Contains($"'{sql.Test}-") && sql.Origin == Origin.Application);

        bool Mine(string path) => executions.Contains(path.Split('/')[^1].Replace($"@1-{path.Split('-')[^1]}", "@1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Background_work_belongs_to_no_test_even_when_a_test_started_the_host()
    {
        await using var downstream = await Downstream.StartAsync();
        await using var fixture = new MinimalFixture(("Downstream:BaseUrl", downstream.Address));

        var first = await DrivenTest.RunAsync(fixture, async _ => await fixture.Client.GetAsync("/ping"));
        var marker = $"poked-by-{first.Execution}";
        await DrivenTest.RunAsync(fixture, async _ => await fixture.Client.PostAsync($"/poke/{marker}", null));

        var poked = await RunRecording.WaitForAsync<CallSent>(call => call.Path == $"/background/{marker}");
        var port = new Uri(downstream.Address).Port;
        var atStart = await RunRecording.WaitForAsync<CallSent>(call => call.Path == "/background/at-start" && call.Host.EndsWith($":{port}"));
        poked.Test.Should().BeNull();
        atStart.Test.Should().BeNull();
    }

    [Fact]
    public async Task A_call_to_a_host_nobody_declared_has_no_point_and_a_dead_one_has_an_error()
    {
        await using var fixture = new MinimalFixture(("Downstream:BaseUrl", "http://127.0.0.1:9"));

        var test = await DrivenTest.RunAsync(fixture, async scope => await fixture.Client.GetAsync($"/call/{scope.Execution}"));

        var call = await RunRecording.WaitForAsync<CallSent>(sent => sent.Test == test.Execution);
        call.Should().BeEquivalentTo(new { Point = (string?)null, Host = "127.0.0.1:9", Status = (int?)null, Error = "connection_error" });
    }
}
