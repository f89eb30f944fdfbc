using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Support;

namespace IntegrationKit;

public sealed class RouteTests
{
    [Theory]
    [InlineData("/files/a/b/c.txt", "/files/{**path}", 200)]
    [InlineData("/spa/deep/link", "/spa/{**rest}", 200)]
    [InlineData("/nothing/here", null, 404)]
    public async Task A_route_that_takes_everything_is_observed_as_itself_and_no_route_as_none(string path, string? route, int status)
    {
        await using var fixture = new MinimalFixture();

        var test = await DrivenTest.RunAsync(fixture, async _ => await fixture.Client.GetAsync(path));

        var seen = await RunRecording.WaitForAsync<RequestHandled>(request => request.Test == test.Execution);
        seen.Should().BeEquivalentTo(new { Route = route, Path = path, Status = status });
        RunRecording.Of<EndpointDeclared>().Any(endpoint => endpoint.Route == route).Should().Be(route is not null);
    }

    [Fact]
    public async Task A_binary_answer_arrives_unchanged_and_breaks_no_contract()
    {
        var fixture = new MinimalFixture();

        var test = await DrivenTest.RunAsync(fixture, async _ =>
            (await fixture.Client.GetByteArrayAsync("/image")).Should().Equal(0x89, 0x50, 0x00, 0xff, 0xfe));
        await fixture.DisposeAsync();

        RunRecording.Of<IssueObserved>().Should().NotContain(issue => issue.Test == test.Execution);
    }
}
