using System.Net;
using IntegrationKit.Observations;
using IntegrationKit.Support;

namespace IntegrationKit;

/// <summary>An application that calls hosts by names it has hard-coded, through clients of <see cref="IHttpClientFactory"/>.</summary>
public sealed class OutgoingCallTests
{
    [Fact]
    public async Task A_mock_answers_for_a_host_over_https()
    {
        await using var fixture = new RatesFixture();

        var test = await DrivenTest.RunAsync(fixture, async _ =>
        {
            fixture.Rates.Get("/echo/m1").ReplyText(200, "from the mock");
            (await fixture.Client.GetStringAsync("/call/m1")).Should().Be("from the mock");
            fixture.Rates.Requests.Should().ContainSingle(request => request.Path == "/echo/m1").Which.Header("Host").Should().StartWith("rates.example");
        });

        var call = await RunRecording.WaitForAsync<CallSent>(call => call.Test == test.Execution);
        call.Should().BeEquivalentTo(new { Point = "http:rates", Method = "GET", Status = 200 });
    }

    [Fact]
    public async Task A_host_nobody_declared_is_blocked_and_told()
    {
        await using var fixture = new MinimalFixture(("Downstream:BaseUrl", "https://undeclared.example"));

        var test = await DrivenTest.RunAsync(fixture, async _ =>
            (await fixture.Client.GetAsync("/call/m2")).StatusCode.Should().Be(HttpStatusCode.InternalServerError));

        var issue = await RunRecording.WaitForAsync<IssueObserved>(issue => issue.Rule == "IK5003" && issue.Test == test.Execution);
        issue.Message.Should().Be("GET https://undeclared.example/echo/m2 was blocked: no fixture declares the host undeclared.example.");
        (await RunRecording.WaitForAsync<RequestHandled>(request => request.Test == test.Execution)).Exception
            .Should().Contain("UseHttpMock(\"undeclared\", o => o.Host(\"undeclared.example\"))").And.Contain("AllowHost(\"undeclared.example\")");
    }

    private sealed class RatesFixture : MinimalFixture
    {
        public RatesFixture()
            : base(("Downstream:BaseUrl", "https://rates.example")) => Rates = UseHttpMock("rates", options => options.Host("rates.example").Https());

        public HttpMock Rates { get; }
    }
}
