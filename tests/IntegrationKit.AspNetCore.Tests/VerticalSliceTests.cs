using System.Net;
using System.Net.Http.Json;
using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Support;

namespace IntegrationKit;

/// <summary>An application of another style (controllers, messages, Dapper, cookies, mail) with nothing but its fixture.</summary>
public sealed class VerticalSliceTests
{
    [Fact]
    public async Task A_ticket_goes_through_controller_handler_database_service_and_mail()
    {
        await using var fixture = new SlicesFixture();

        var test = await DrivenTest.RunAsync(fixture, async _ =>
        {
            fixture.Directory.Get("/people/ann/mail").ReplyText(200, "ann@example.com");

            var response = await fixture.As("ann").Client.PostAsJsonAsync("/tickets", new { title = "It is broken" });

            response.Should().HaveStatusCode(HttpStatusCode.Created);
            await fixture.Database.Should().HaveRowAsync("tickets", new { title = "It is broken", opened_by = "ann" });
            var mail = fixture.Mail.Messages.Should().ContainSingle().Subject;
            mail.Should().BeEquivalentTo(new { From = "tickets@example.com", To = new[] { "ann@example.com" }, Subject = "Ticket 1" });
            mail.Text.Should().Contain("It is broken");
            (await fixture.TraceAsync()).Should().ContainInOrder(
                "request POST /tickets 201", "sql insert tickets", "call directory GET /people/ann/mail 200", "mail ann@example.com");
        });

        RunRecording.Of<SqlExecuted>().Should().Contain(sql => sql.Test == test.Execution && sql.Point == "database:tickets" && sql.Text.StartsWith("insert"));
        (await RunRecording.WaitForAsync<TransactionEnded>(ended => ended.Test == test.Execution)).Outcome.Should().Be("committed");
        RunRecording.Of<EndpointDeclared>().Where(endpoint => endpoint.Point == "application:Slices").Select(endpoint => $"{endpoint.Method} {endpoint.Route} {endpoint.RequiresAuthorization} {string.Join('+', endpoint.Roles ?? [])}").Distinct()
            .Should().BeEquivalentTo("GET /tickets True ", "POST /tickets True ", "POST /tickets/{id:int}/closing True agent");
    }

    [Fact]
    public async Task The_test_scheme_signs_in_by_name_and_role_where_the_application_uses_cookies()
    {
        await using var fixture = new SlicesFixture();

        await DrivenTest.RunAsync(fixture, async _ =>
        {
            (await fixture.Client.GetAsync("/tickets")).Should().HaveStatusCode(HttpStatusCode.Unauthorized);
            (await fixture.As("ann").Client.GetAsync("/tickets")).Should().HaveStatusCode(HttpStatusCode.OK);
            (await fixture.As("ann").Client.PostAsync("/tickets/7/closing", null)).Should().HaveStatusCode(HttpStatusCode.Forbidden);
            (await fixture.As("bob").InRole("agent").Client.PostAsync("/tickets/7/closing", null)).Should().HaveStatusCode(HttpStatusCode.NotFound);
            fixture.Invoking(it => it.As("ann").With(TokenFault.Expired).Client).Should().Throw<InvalidOperationException>().WithMessage("*UseIdentityProvider*");
        });
    }

    [Fact]
    public async Task A_rejected_message_is_422_and_leaves_nothing()
    {
        await using var fixture = new SlicesFixture();

        await DrivenTest.RunAsync(fixture, async _ =>
        {
            (await fixture.As("ann").Client.PostAsJsonAsync("/tickets", new { title = " " })).Should().HaveStatusCode(HttpStatusCode.UnprocessableEntity);
            await fixture.Database.Should().HaveNoRowsAsync("tickets");
            fixture.Mail.Messages.Should().BeEmpty();
        });
    }
}
