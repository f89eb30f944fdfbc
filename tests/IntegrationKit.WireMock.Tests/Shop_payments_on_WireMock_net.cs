using System.Net;
using System.Net.Http.Json;
using Shop.Data;
using Shop.Orders;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace IntegrationKit.Tests;

/// <summary>The Shop's payment failures with WireMock.Net as the payment provider.</summary>
public sealed class Shop_payments_on_WireMock_net(Shop_payments_on_WireMock_net.Fixture shop) : IClassFixture<Shop_payments_on_WireMock_net.Fixture>
{
    [Fact]
    public async Task An_accepted_charge_is_stored()
    {
        shop.Payments.Server.Given(Charge).RespondWith(Response.Create().WithStatusCode(201).WithBodyAsJson(new { id = "ch_1" }));

        (await BuyAsync()).StatusCode.Should().Be(HttpStatusCode.Created);

        (await shop.Database.ScalarAsync<string>("select charge_id from payments")).Should().Be("ch_1");
    }

    [Fact]
    public async Task A_declined_card_leaves_no_order()
    {
        shop.Payments.Server.Given(Charge).RespondWith(Response.Create().WithStatusCode(402).WithBodyAsJson(new { error = "insufficient funds" }));

        var response = await BuyAsync();

        response.StatusCode.Should().Be(HttpStatusCode.PaymentRequired);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Should().Contain("insufficient funds");
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task A_busy_provider_is_asked_once_more()
    {
        shop.Payments.Server.Given(Charge).InScenario("busy").WillSetStateTo("free").RespondWith(Response.Create().WithStatusCode(503));
        shop.Payments.Server.Given(Charge).InScenario("busy").WhenStateIs("free")
            .RespondWith(Response.Create().WithStatusCode(201).WithBodyAsJson(new { id = "ch_second" }));

        (await BuyAsync()).StatusCode.Should().Be(HttpStatusCode.Created);

        shop.Payments.Server.LogEntries.Should().HaveCount(2);
        (await shop.Database.ScalarAsync<string>("select charge_id from payments")).Should().Be("ch_second");
    }

    [Theory]
    [InlineData(503, 2)]
    [InlineData(500, 1)]
    public async Task A_failing_provider_leaves_no_order(int status, int calls)
    {
        shop.Payments.Server.Given(Charge).RespondWith(Response.Create().WithStatusCode(status));

        (await BuyAsync()).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);

        shop.Payments.Server.LogEntries.Should().HaveCount(calls);
        await NothingHappenedAsync();
    }

    private static IRequestBuilder Charge => Request.Create().WithPath("/v1/charges").UsingPost();

    private Task<HttpResponseMessage> BuyAsync() =>
        shop.As("ann").Client.PostAsJsonAsync("/orders", new NewOrder("A1", 1), TestContext.Current.CancellationToken);

    private async Task NothingHappenedAsync()
    {
        (await shop.Database.CountAsync("orders")).Should().Be(0);
        (await shop.Database.CountAsync("payments")).Should().Be(0);
    }

    public sealed class Fixture : ApplicationFixture<Program>
    {
        public Fixture()
        {
            Database = UsePostgres("shop", o => o.ConnectionString("ConnectionStrings:Shop").MigrateWith<ShopDbContext>().SeedFrom("seed"));
            Payments = Use(new WireMockNetMock("payments", o => o.BaseAddress("Payments:BaseUrl")));
            UseFiles("exports", "Export:Folder");
            UseIdentityProvider("Auth:Authority", o => o.Audience = "shop");
            Setting("Payments:TimeoutSeconds", "60");
        }

        public PostgresDatabase Database { get; }

        public WireMockNetMock Payments { get; }
    }
}
