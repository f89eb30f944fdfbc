using System.Net;
using FluentAssertions.Execution;
using IntegrationKit.Support;

namespace IntegrationKit;

public sealed class ResponseAssertionTests
{
    [Fact]
    public async Task A_failure_shows_the_request_and_what_was_answered()
    {
        await using var fixture = new MinimalFixture();

        await DrivenTest.RunAsync(fixture, async _ =>
        {
            var order = await fixture.Client.GetAsync("/orders/7");
            order.Should().HaveStatus(HttpStatusCode.OK).And.HaveHeader("Content-Type", "application/json; charset=utf-8");
            await order.Should().HaveJsonAsync(new { id = 7 });
            await (await fixture.Client.GetAsync("/problem")).Should().BeProblemAsync(HttpStatusCode.Conflict);

            order.Invoking(it => it.Should().HaveStatus(HttpStatusCode.Created)).Should().Throw<AssertionFailedException>()
                .WithMessage("Expected GET /orders/7 to answer 201 Created, but it answered 200 OK:*\"sku\":\"A1\"*");
            order.Invoking(it => it.Should().HaveHeader("Location")).Should().Throw<AssertionFailedException>().WithMessage("*there is no such header*");
            (await FluentActions.Awaiting(() => order.Should().HaveJsonAsync(new { id = 8 })).Should().ThrowAsync<AssertionFailedException>())
                .WithMessage("*$.id is 7, not 8*");
        });
    }
}
