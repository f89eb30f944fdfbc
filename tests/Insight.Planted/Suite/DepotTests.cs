namespace Insight.Planted;

public sealed class DepotTests(DepotFixture depot)
{
    [Theory]
    [InlineData("/api/tasks/loop", 200), InlineData("/api/tasks/joined", 200), InlineData("/api/tasks/broken", 500), InlineData("/api/tasks/complaint", 200)]
    public async Task Work_is_done(string path, int status) => Assert.Equal(status, (int)(await depot.Client.GetAsync(path)).StatusCode);

    [Fact]
    public async Task Movements_are_written()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await depot.Client.PostAsync("/api/tasks/commit", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await depot.Client.PostAsync("/api/tasks/note", null)).StatusCode);
    }

    [Theory, InlineData(200, "priced"), InlineData(500, "unpriced")]
    public async Task Prices_are_asked_for(int answer, string expected)
    {
        depot.Pricing.Get("/price").Reply(answer);
        depot.Pricing.Get("/never-asked").Reply(200);

        Assert.Equal(expected, await depot.Client.GetStringAsync("/api/tasks/price"));
    }

    [Fact]
    public async Task A_truck_comes()
    {
        depot.Carrier.Get("/truck").Reply(200);

        Assert.Equal("coming", await depot.Client.GetStringAsync("/api/tasks/carrier"));
    }

    [Fact]
    public async Task A_carrier_that_takes_too_long_is_late()
    {
        depot.Carrier.Get("/truck").Reply(200).After(TimeSpan.FromSeconds(5));

        Assert.Equal("late", await depot.Client.GetStringAsync("/api/tasks/carrier"));
    }

    [Fact]
    public async Task Goods_are_sorted() => Assert.Equal("Name ", await depot.Client.GetStringAsync("/api/tasks/sorted?by=Name"));

    [Fact]
    public async Task A_night_is_long()
    {
        await Task.Delay(TimeSpan.FromSeconds(10.5));

        Assert.Equal(200, (int)(await depot.Client.GetAsync("/api/tasks/joined")).StatusCode);
    }

    [Fact]
    public async Task Nobody_knows_a_carrier() => Assert.Equal("none", await depot.Client.GetStringAsync("/api/tasks/carrier"));
}
