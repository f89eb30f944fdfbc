using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Support;

namespace IntegrationKit;

public sealed class InventoryTests
{
    [Fact]
    public async Task Every_endpoint_is_declared_once_with_its_access_and_answers()
    {
        await using var fixture = new MinimalFixture();
        await DrivenTest.RunAsync(fixture, _ => Task.CompletedTask);
        await DrivenTest.RunAsync(fixture, _ => Task.CompletedTask);

        var declared = RunRecording.Of<EndpointDeclared>().ToList();
        var last = declared.Skip(declared.FindLastIndex(endpoint => endpoint.Route == "/greeting")).ToList();

        last.Select(endpoint => $"{endpoint.Method} {endpoint.Route}").Should().OnlyHaveUniqueItems();
        Find(last, "GET", "/orders/{id:int}").Should().BeEquivalentTo(new { RequiresAuthorization = false, AcceptsBody = false, Statuses = new[] { 200, 404 } });
        Find(last, "POST", "/orders").Should().BeEquivalentTo(new { AcceptsBody = true, Statuses = new[] { 201, 400 } });
        Find(last, "GET", "/admin").Should().BeEquivalentTo(new { RequiresAuthorization = true, Roles = new[] { "admin" } });
        Find(last, "GET", "/staff").Should().BeEquivalentTo(new { RequiresAuthorization = true, Roles = new[] { "admin", "staff" }, Policies = new[] { "staff" } });
        Find(last, "GET", "/api/things/{id:int}").Should().BeEquivalentTo(new { RequiresAuthorization = false, Statuses = new[] { 200, 404 } });
        Find(last, "POST", "/api/things").Should().BeEquivalentTo(new { RequiresAuthorization = true, AcceptsBody = true });
        Find(last, "PUT", "/multi").Should().NotBeNull();
        Find(last, "ANY", "/any").Should().NotBeNull();
    }

    [Fact]
    public async Task An_endpoint_added_at_run_time_is_declared_when_it_appears_and_observed_by_its_route()
    {
        await using var fixture = new MinimalFixture();

        var test = await DrivenTest.RunAsync(fixture, async _ =>
        {
            (await fixture.Client.GetAsync("/grown/oak/1")).StatusCode.Should().Be(System.Net.HttpStatusCode.NotFound);
            (await fixture.Client.PostAsync("/grow/oak", null)).EnsureSuccessStatusCode();
            (await fixture.Client.GetStringAsync("/grown/oak/2")).Should().Be("oak");
        });

        RunRecording.Of<EndpointDeclared>().Should().ContainSingle(endpoint => endpoint.Method == "GET" && endpoint.Route == "/grown/oak/{leaf}");
        (await RunRecording.WaitForAsync<RequestHandled>(request => request.Test == test.Execution && request.Path == "/grown/oak/2"))
            .Route.Should().Be("/grown/oak/{leaf}");
    }

    private static EndpointDeclared Find(IEnumerable<EndpointDeclared> endpoints, string method, string route) =>
        endpoints.Should().ContainSingle(endpoint => endpoint.Method == method && endpoint.Route == route).Subject;
}
