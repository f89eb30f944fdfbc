namespace Insight.Planted;

/// <summary>The first resource is tested completely; each of the others lacks one kind of test, as facts.json says.</summary>
public sealed class LibraryResourceTests(LibraryFixture library)
{
    [Theory, InlineData("/authors"), InlineData("/books"), InlineData("/members"), InlineData("/genres")]
    public Task Entries_are_read_and_changed(string path) => ResourceRounds.ReadAndChangeAsync(Visit(path));

    [Theory, InlineData("/authors"), InlineData("/books"), InlineData("/members")]
    public Task Missing_entries_and_bad_bodies_are_refused(string path) => ResourceRounds.RefuseAsync(Visit(path));

    [Theory, InlineData("/authors"), InlineData("/members"), InlineData("/genres")]
    public Task Anonymous_callers_are_refused(string path) => Visit(path).RefuseNobodyAsync();

    [Theory, InlineData("/authors"), InlineData("/books"), InlineData("/genres")]
    public Task Readers_may_not_change(string path) => Visit(path).RefuseReaderAsync();

    [Fact]
    public async Task Branches_are_listed() => Assert.NotEmpty(await library.Client.GetStringAsync("/branches"));

    private Visits Visit(string path) =>
        new(library.Client, library.As("rosa").Client, library.As("carl").InRole("clerk").Client, path);
}

public sealed class DepotResourceTests(DepotFixture depot)
{
    [Theory, InlineData("/api/items"), InlineData("/api/docks"), InlineData("/api/crates"), InlineData("/api/zones")]
    public Task Goods_are_read_and_changed(string path) => ResourceRounds.ReadAndChangeAsync(Visit(path));

    [Theory, InlineData("/api/items"), InlineData("/api/docks"), InlineData("/api/crates")]
    public Task Missing_goods_and_bad_bodies_are_refused(string path) => ResourceRounds.RefuseAsync(Visit(path));

    [Theory, InlineData("/api/items"), InlineData("/api/crates"), InlineData("/api/zones")]
    public Task Anonymous_callers_are_refused(string path) => Visit(path).RefuseNobodyAsync();

    [Theory, InlineData("/api/items"), InlineData("/api/docks"), InlineData("/api/zones")]
    public Task Readers_may_not_change(string path) => Visit(path).RefuseReaderAsync();

    [Fact]
    public async Task Labels_are_listed() => Assert.NotEmpty(await depot.Client.GetStringAsync("/api/labels"));

    private Visits Visit(string path) =>
        new(depot.Client, depot.As("rosa").Client, depot.As("carl").InRole("clerk").Client, path);
}

internal static class ResourceRounds
{
    public static async Task ReadAndChangeAsync(Visits visits)
    {
        await visits.ReadAsync();
        await visits.ChangeAsync();
    }

    public static async Task RefuseAsync(Visits visits)
    {
        await visits.MissAsync();
        await visits.ClashAsync();
        await visits.RefuseBodyAsync();
    }
}
