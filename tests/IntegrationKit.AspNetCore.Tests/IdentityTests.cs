using System.Net;
using IntegrationKit.Observations;
using IntegrationKit.Support;

namespace IntegrationKit;

public sealed class IdentityTests
{
    [Theory]
    [InlineData(TokenFault.Expired, "expired")]
    [InlineData(TokenFault.NotYetValid, "not valid before")]
    [InlineData(TokenFault.WrongAudience, "audience")]
    [InlineData(TokenFault.WrongIssuer, "issuer")]
    [InlineData(TokenFault.WrongKey, "signature key was not found")]
    [InlineData(TokenFault.Tampered, "signature is invalid")]
    public async Task The_bearer_handler_refuses_each_faulty_token_for_its_own_reason(TokenFault fault, string reason)
    {
        await using var fixture = new SignedInFixture();

        await DrivenTest.RunAsync(fixture, async _ =>
        {
            var response = await fixture.As("ann").With(fault).Client.GetAsync("/me");

            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            response.Headers.WwwAuthenticate.ToString().Should().Contain(reason);
        });
    }

    [Fact]
    public async Task Callers_are_let_in_by_their_roles_and_observed_by_name()
    {
        await using var fixture = new SignedInFixture();

        var test = await DrivenTest.RunAsync(fixture, async _ =>
        {
            (await fixture.Client.GetAsync("/admin")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            (await fixture.As("bob").Client.GetAsync("/admin")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
            (await fixture.As("ann").InRole("admin").Client.GetAsync("/admin")).StatusCode.Should().Be(HttpStatusCode.OK);
        });

        await RunRecording.WaitForAsync<RequestHandled>(request => request.Test == test.Execution && request.Status == 200);
        RunRecording.Of<RequestHandled>().Where(request => request.Test == test.Execution)
            .Select(request => (request.Status, request.Authenticated, request.User, request.Roles?.Single()))
            .Should().Equal((401, false, null, null), (403, true, "bob", null), (200, true, "ann", "admin"));
    }

    [Fact]
    public async Task Fetching_the_keys_is_no_outgoing_call_of_the_application()
    {
        await using var fixture = new SignedInFixture();

        await DrivenTest.RunAsync(fixture, async _ => await fixture.As("ann").Client.GetAsync("/me"));

        RunRecording.Of<CallSent>().Should().NotContain(call => call.Path.Contains(".well-known"));
    }

    [Fact]
    public async Task A_fixture_without_a_provider_says_how_to_declare_one()
    {
        await using var fixture = new MinimalFixture();

        fixture.Invoking(it => it.As("ann")).Should().Throw<InvalidOperationException>().WithMessage("*UseIdentityProvider(\"Auth:Authority\")*");
    }
}
