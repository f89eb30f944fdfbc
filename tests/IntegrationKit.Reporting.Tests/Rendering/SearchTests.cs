using System.Text.Json;
using IntegrationKit.Samples;

namespace IntegrationKit.Rendering;

/// <summary>Search in the list of tests: words in any order, in class and name, answered at once.</summary>
public sealed class SearchTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>, IDisposable
{
    private readonly SampleRun run = Record();

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("declined", "A_declined_card")]
    [InlineData("  CARD   a_ ", "A_declined_card")]
    [InlineData("ordertests", "A_declined_card|Listing|Naming(first second)|Naming(İstanbul)")]
    [InlineData("basket listing", "Listing")]
    [InlineData("listing", "Listing|Listing")]
    [InlineData("ordertests.list", "Listing")]
    [InlineData("tests.listing", "Listing|Listing")]
    [InlineData(".listing", "Listing|Listing")]
    [InlineData("shop.basket", "Clearing|Listing")]
    [InlineData("istanbul", "")]
    [InlineData("tanbul)", "Naming(İstanbul)")]
    [InlineData("second)", "Naming(first second)")]
    [InlineData("cardlisting", "")]
    [InlineData("nothing", "")]
    [InlineData("", "A_declined_card|Clearing|Listing|Listing|Naming(first second)|Naming(İstanbul)")]
    public async Task It_is_answered_at_once_with_the_tests_that_have_every_word(string query, string expected)
    {
        var chromium = await fixture.BrowserAsync();
        await chromium.OpenAsync("file://" + run.Write().Paths.Single(path => path.EndsWith(".html", StringComparison.Ordinal)));

        // In one turn: whoever types must not wait for a timer behind the reading of a large page.
        var found = await chromium.TextAsync($$"""
            (() => {
              const box = document.querySelector('#app input');
              for (const text of ['nothing', {{JsonSerializer.Serialize(query)}}]) { box.value = text; box.dispatchEvent(new Event('input')); }
              return [...document.querySelectorAll('.row .name')].map(name => name.textContent).sort().join('|');
            })()
            """);

        found.Should().Be(expected);
    }

    private static SampleRun Record()
    {
        var run = new SampleRun();
        foreach (var (type, name) in new[]
        {
            ("Shop.OrderTests", "A_declined_card"), ("Shop.OrderTests", "Listing"), ("Shop.OrderTests", "Naming(İstanbul)"),
            ("Shop.OrderTests", "Naming(first\nsecond)"), ("Shop.BasketTests", "Listing"), ("Shop.BasketTests", "Clearing"),
        })
        {
            run.Finish(run.Start(name, className: type));
        }

        return run.Done();
    }
}
