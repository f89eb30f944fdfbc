using System.Net;
using IntegrationKit.Observations;
using IntegrationKit.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationKit;

public sealed class HostingTests
{
    [Fact]
    public async Task A_setting_is_seen_by_the_application_while_it_builds()
    {
        await using var fixture = new MinimalFixture(("Greeting", "hello"));

        await DrivenTest.RunAsync(fixture, async _ =>
            (await fixture.Client.GetStringAsync("/greeting")).Should().Be("hello"));
    }

    [Fact]
    public async Task A_request_is_observed_with_route_status_and_test()
    {
        await using var fixture = new MinimalFixture();

        var test = await DrivenTest.RunAsync(fixture, async _ =>
            (await fixture.Client.GetAsync("/orders/7")).StatusCode.Should().Be(HttpStatusCode.OK));

        var seen = await RunRecording.WaitForAsync<RequestHandled>(request => request.Test == test.Execution);
        seen.Should().BeEquivalentTo(new
        {
            Method = "GET",
            Route = "/orders/{id:int}",
            Path = "/orders/7",
            Status = 200,
            Via = "trace",
            Origin = "application",
            Point = "application:MinimalApi",
            Authenticated = false,
            Lane = 0,
        });
    }

    [Fact]
    public async Task On_kestrel_the_same_is_observed_over_a_real_port()
    {
        await using var fixture = new KestrelFixture();

        var test = await DrivenTest.RunAsync(fixture, async _ =>
        {
            fixture.Client.BaseAddress!.Host.Should().Be("127.0.0.1");
            fixture.Client.BaseAddress.Port.Should().BeGreaterThan(1024);
            await fixture.Client.GetAsync("/orders/7");
        });

        (await RunRecording.WaitForAsync<RequestHandled>(request => request.Test == test.Execution)).Route.Should().Be("/orders/{id:int}");
        RunRecording.Of<CallSent>().Should().NotContain(call => call.Test == test.Execution, "the test's own request is no outgoing call");
    }

    [Fact]
    public async Task A_failing_request_names_its_exception_and_its_original_route()
    {
        await using var fixture = new MinimalFixture();

        var test = await DrivenTest.RunAsync(fixture, async _ =>
            (await fixture.Client.GetAsync("/boom")).StatusCode.Should().Be(HttpStatusCode.InternalServerError));

        var seen = await RunRecording.WaitForAsync<RequestHandled>(request => request.Test == test.Execution);
        seen.Route.Should().Be("/boom");
        seen.Status.Should().Be(500);
        seen.Exception.Should().Be("System.InvalidOperationException: the planted fault of the request");
    }

    [Fact]
    public async Task A_warning_of_the_application_belongs_to_the_test_that_caused_it()
    {
        await using var fixture = new MinimalFixture();

        var test = await DrivenTest.RunAsync(fixture, async _ => await fixture.Client.GetAsync("/warn"));

        var written = await RunRecording.WaitForAsync<LogWritten>(log => log.Test == test.Execution);
        written.Level.Should().Be("warning");
        written.Message.Should().Be("careful, everybody");
    }

    [Fact]
    public async Task Lanes_have_hosts_of_their_own_and_keep_them()
    {
        await using var fixture = new MinimalFixture();
        var configurations = new List<IConfiguration>();

        Task Remember() => DrivenTest.RunAsync(fixture, _ =>
        {
            configurations.Add(fixture.Services.GetRequiredService<IConfiguration>());
            return Task.CompletedTask;
        });

        await Remember();
        await Remember();

        configurations[0].Should().BeSameAs(configurations[1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Configuration_files_are_not_watched_unless_wished_for(bool wished)
    {
        await using var fixture = wished ? new MinimalFixture(("hostBuilder:reloadConfigOnChange", "true")) : new MinimalFixture();

        await DrivenTest.RunAsync(fixture, _ =>
        {
            ((IConfigurationRoot)fixture.Services.GetRequiredService<IConfiguration>()).Providers.OfType<FileConfigurationProvider>()
                .Should().NotBeEmpty().And.OnlyContain(provider => provider.Source.ReloadOnChange == wished);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Cookies_stay_within_one_test()
    {
        await using var fixture = new MinimalFixture();
        var seen = new List<string>();

        for (var round = 0; round < 2; round++)
        {
            await DrivenTest.RunAsync(fixture, async _ =>
            {
                seen.Add(await fixture.Client.GetStringAsync("/cookie"));
                seen.Add(await fixture.Client.GetStringAsync("/cookie"));
            });
        }

        seen.Should().Equal("no", "yes", "no", "yes");
    }

    [Fact]
    public async Task Redirects_are_followed_unless_the_client_says_otherwise()
    {
        await using var fixture = new MinimalFixture();

        await DrivenTest.RunAsync(fixture, async _ =>
        {
            (await fixture.Client.GetStringAsync("/old")).Should().Be("pong");
            using var raw = fixture.CreateClient(new() { AllowAutoRedirect = false });
            (await raw.GetAsync("/old")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        });
    }

    [Fact]
    public async Task Hosted_services_are_stopped_exactly_once()
    {
        var fixture = new MinimalFixture();
        await DrivenTest.RunAsync(fixture, async _ => await fixture.Client.GetAsync("/ping"));

        await fixture.DisposeAsync();
        await fixture.DisposeAsync();

        MinimalApi.Poker.SecondStops.Should().Be(0);
    }
}
