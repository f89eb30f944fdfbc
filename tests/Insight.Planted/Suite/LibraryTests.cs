namespace Insight.Planted;

public sealed class LibraryTests(LibraryFixture library)
{
    [Theory]
    [InlineData("/summary", 200), InlineData("/overview", 200), InlineData("/broken", 500), InlineData("/teapot/0", 404)]
    [InlineData("/teapot/1", 418), InlineData("/liar", 200), InlineData("/honest", 200), InlineData("/complaint", 200)]
    [InlineData("/failure", 200), InlineData("/chatter", 200), InlineData("/outside", 200)]
    public async Task Pages_answer(string path, int status) => Assert.Equal(status, (int)(await library.Client.GetAsync(path)).StatusCode);

    [Fact]
    public async Task Suggestions_and_visits_are_taken()
    {
        Assert.Equal(HttpStatusCode.Accepted, (await library.Client.PostAsync("/suggestions?text=more", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await library.Client.PostAsync("/visits?door=front", null)).StatusCode);
    }

    [Fact]
    public async Task Ratings_are_shown()
    {
        library.Ratings.Get("/stars").ReplyText(200, "five");

        Assert.Equal("five", await library.Client.GetStringAsync("/ratings"));
    }

    [Theory, InlineData(200, 200), InlineData(503, 502)]
    public async Task Labels_are_asked_for(int answer, int status)
    {
        library.Labels.Get("/label").Reply(answer);

        Assert.Equal(status, (int)(await library.Client.GetAsync("/labels")).StatusCode);
    }

    [Fact]
    public async Task Labels_that_take_too_long_are_given_up()
    {
        library.Labels.Get("/label").Reply(200).After(TimeSpan.FromSeconds(5));

        Assert.Equal(HttpStatusCode.GatewayTimeout, (await library.Client.GetAsync("/labels")).StatusCode);
    }

    [Fact]
    public async Task Moves_are_rolled_back()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await library.As("rosa").Client.PostAsync("/moves", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await library.Client.PostAsync("/moves", null)).StatusCode);
    }

    [Theory, InlineData("/search?text=x&by=Name"), InlineData("/filter?word=x&by=Name"), InlineData("/filter?by=Newest")]
    public async Task Books_are_found(string path) => Assert.NotEmpty(await library.Client.GetStringAsync(path));

    [Fact]
    public async Task Nobody_looks_at_the_answer() => await library.Client.GetAsync("/overview");

    [Fact]
    public async Task A_book_is_put_away()
    {
        await library.Archive.ExecuteAsync("insert into shelved (title) values ('Emma')");

        Assert.True(await library.Archive.CountAsync("shelved") > 0);
        Assert.Equal(2, await library.Atlas.CountAsync("maps"));
    }

    [Fact]
    public async Task Readers_have_an_account() => Assert.Equal("true", await library.As("rosa").Client.GetStringAsync("/account"));

    [Fact]
    public void One_and_one_are_two() => Assert.Equal(2, 1 + 1);
}
