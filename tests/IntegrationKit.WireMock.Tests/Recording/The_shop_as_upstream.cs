using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;
using Shop.Data;

namespace IntegrationKit.Tests.Recording;

/// <summary>A real application on a port is recorded, then stopped; the same calls get the same answers from the files.</summary>
public sealed class The_shop_as_upstream(The_shop_as_upstream.ShopDatabase shop) : IClassFixture<The_shop_as_upstream.ShopDatabase>
{
    [Fact]
    public async Task The_same_tests_pass_without_it()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("ik-rec-");
        string url;
        await using (var upstream = await RunningShop.StartAsync(shop.Database.ConnectionString, token))
        {
            url = upstream.Url;
            await BrowseAsync(o => o.Mappings(folder.FullName).Record(RecordMode.Missing, url), token);
        }

        using var gone = new HttpClient();
        await gone.Awaiting(client => client.GetAsync(url + "/products", token)).Should().ThrowAsync<HttpRequestException>();
        folder.GetFiles("*.json").Should().HaveCount(3);

        await BrowseAsync(o => o.Mappings(folder.FullName), token);

        folder.Delete(recursive: true);
    }

    /// <summary>The tests: the same for the real service and for the recording.</summary>
    private static async Task BrowseAsync(Action<HttpMockOptions> configure, CancellationToken token)
    {
        await using var mock = new HttpMock("shop", configure);
        var lane = new Lane(0);
        var test = new TestScope(Guid.NewGuid() + "@1", "browsing");
        TestScopes.Add(test);
        await mock.StartAsync(new FixtureContext("T", AppContext.BaseDirectory, null), token);
        await mock.PrepareAsync(lane, test, token);
        mock.LaneResolver = () => lane;
        using var client = new HttpClient { BaseAddress = mock.BaseAddress };
        client.DefaultRequestHeaders.Add("baggage", $"ik-test={test.BaggageId}");

        (await client.GetFromJsonAsync<JsonElement>("/products?page=1", token)).GetProperty("items").GetArrayLength().Should().BePositive();
        (await client.GetFromJsonAsync<JsonElement>("/products/A1", token)).GetProperty("sku").GetString().Should().Be("A1");
        using var missing = await client.GetAsync("/products/nothing", token);
        missing.StatusCode.Should().Be(HttpStatusCode.NotFound);
        missing.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");

        await mock.VerifyAsync(lane, test, token);
    }

    public sealed class ShopDatabase : PostgresFixture
    {
        protected override void Configure(PostgresOptions options) => options.MigrateWith<ShopDbContext>().SeedFrom("seed");
    }
}
