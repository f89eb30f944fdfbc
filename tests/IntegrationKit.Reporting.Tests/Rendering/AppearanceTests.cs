using System.Text.Json.Nodes;
using FluentAssertions.Execution;
using IntegrationKit.Samples;

namespace IntegrationKit.Rendering;

/// <summary>
/// Every section, unfolded, on a wide and a narrow screen, light and dark. <c>INTEGRATIONKIT_SCREENSHOTS</c> names a folder
/// to keep the pictures in, <c>INTEGRATIONKIT_SCREENSHOT_OF</c> another page to take them of.
/// </summary>
public sealed class AppearanceTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private const string SticksOut = """
        [...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll') && e.getBoundingClientRect().right > innerWidth + 1)
          .map(e => e.tagName + '.' + e.className).slice(0, 5).join(' ')
        """;

    /// <summary>Texts with less contrast than WCAG AA asks for.</summary>
    private const string Unreadable = """
        (() => {
          const rgb = text => (text.match(/[\d.]+/g) || [0, 0, 0]).map(Number);
          const light = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
          const back = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] === 1) return c.slice(0, 3); } return [255, 255, 255]; };
          return [...document.querySelectorAll('body *')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.getBoundingClientRect().height).filter(e => {
            const [a, b] = [light(rgb(getComputedStyle(e).color).slice(0, 3)), light(back(e))].sort((x, y) => y - x);
            return (a + .05) / (b + .05) < 4.5;
          }).map(e => e.tagName + '.' + e.className).slice(0, 5).join(' ');
        })()
        """;

    /// <summary>Times that do not stand in line with the numbers of their table, or are broken.</summary>
    private const string OutOfLine = """
        [...document.querySelectorAll('td')].filter(e => /^(< )?[\d.]+ (ms|s)$/.test(e.textContent))
          .filter(e => getComputedStyle(e).display === 'table-cell' && getComputedStyle(e).textAlign !== 'right' || getComputedStyle(e).whiteSpace !== 'nowrap').map(e => e.textContent).slice(0, 5).join(', ')
        """;

    /// <summary>Words with a part on one line and a part on the next.</summary>
    private const string Torn = """
        (() => {
          const torn = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
          for (let node; (node = walker.nextNode());) {
            if (!node.parentElement.checkVisibility() || node.parentElement.closest('script, style, code, .row, .what')) continue;
            for (const word of node.data.matchAll(/(?<![A-Za-z])[A-Z]?[a-z]{1,18}(?![a-z])/g)) {
              range.setStart(node, word.index);
              range.setEnd(node, word.index + word[0].length);
              if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1) torn.push(word[0] + ' of ' + node.parentElement.textContent.slice(0, 60));
            }
          }
          return torn.slice(0, 5).join(', ');
        })()
        """;

    /// <summary>Boxes one has to scroll to see what a finding says, or, on a narrow screen, what a table says.</summary>
    private const string CutOff = """
        [...document.querySelectorAll('.finding pre, .failure pre')].filter(e => e.scrollHeight > e.clientHeight + 2)
          .concat([...document.querySelectorAll('.scroll')].filter(e => innerWidth < 600 && e.scrollWidth > e.clientWidth + 1))
          .map(e => e.textContent.slice(0, 60)).slice(0, 5).join(', ')
        """;

    /// <summary>Lines of the list of tests that are more than one.</summary>
    private const string TooHigh = "[...document.querySelectorAll('.row span')].filter(e => e.getBoundingClientRect().height > 28).map(e => e.textContent).slice(0, 5).join(', ')";

    /// <summary>Where the classes begin in the list of tests.</summary>
    private const string Columns = "[...new Set([...document.querySelectorAll('.row .cls')].map(e => Math.round(e.getBoundingClientRect().left)))].join(', ')";

    [Theory]
    [InlineData(1280, "light")]
    [InlineData(1280, "dark")]
    [InlineData(400, "light")]
    [InlineData(400, "dark")]
    public async Task Everything_fits_and_can_be_read(int width, string scheme)
    {
        using var run = ShopRun.Record(more: static run => run.Fail(
            "A_pending_order_returns_its_stock_to_the_shelf_and_needs_no_refund_of_the_payment_provider_whatever_it_may_be_called_by_its_owners",
            "Assert.Equal() Failure: Values differ\nExpected: 10\nActual:   11"));
        var page = Environment.GetEnvironmentVariable("INTEGRATIONKIT_SCREENSHOT_OF") ?? run.Write().Paths.Single(path => path.EndsWith(".html", StringComparison.Ordinal));
        var browser = await fixture.BrowserAsync();
        await SizeAsync(browser, width, 900);
        await browser.SchemeAsync(scheme);
        await browser.OpenAsync("file://" + page);
        await browser.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true); document.querySelector('.row')?.click()");
        await browser.WaitAsync("!document.querySelector('.row') || !document.querySelector('#one').hidden");

        var folder = Environment.GetEnvironmentVariable("INTEGRATIONKIT_SCREENSHOTS") ?? run.Folder;
        var height = (await browser.EvaluateAsync("document.documentElement.scrollHeight"))!.GetValue<int>();
        await browser.ScreenshotAsync(Path.Combine(folder, $"report-{width}-{scheme}.png"), width, height);

        using var all = new AssertionScope();
        (await browser.TextAsync(SticksOut)).Should().BeEmpty("nothing may stick out at {0} pixels", width);
        (await browser.TextAsync(OutOfLine)).Should().BeEmpty("times are numbers");
        (await browser.TextAsync(Torn)).Should().BeEmpty("long names break between their words at {0} pixels", width);
        (await browser.TextAsync(CutOff)).Should().BeEmpty("nothing is cut off at {0} pixels", width);
        (await browser.TextAsync(TooHigh)).Should().BeEmpty("a test is one line of the list");
        (await browser.TextAsync(Columns)).Should().NotContain(",", "the list has columns");
        (await browser.TextAsync(Unreadable)).Should().BeEmpty("all texts need contrast in the {0} scheme", scheme);
        await browser.SendAsync("Emulation.clearDeviceMetricsOverride");
    }

    [Fact]
    public async Task A_link_at_the_top_of_a_large_page_leads_to_its_section_however_long_those_before_it_are()
    {
        using var run = ShopRun.Record(more: static run => Enumerable.Range(0, 300).ToList().ForEach(i => run.Fail(
            $"Fails_{i}", $"Assert.Equal() Failure: {new string((char)('a' + i % 26), 1 + i / 26)}\nExpected: {i}\nActual:   {i + 1}")));
        var browser = await fixture.BrowserAsync();
        await SizeAsync(browser, 1280, 900);
        await browser.OpenAsync("file://" + run.Write().Paths.Single(path => path.EndsWith(".html", StringComparison.Ordinal)));
        await browser.EvaluateAsync("document.querySelector('main').className = 'large'"); // as for more tests than this

        foreach (var section in new[] { "coverage", "recommendations", "issues", "scope" })
        {
            await browser.EvaluateAsync($"document.querySelector('nav a[href=\"#{section}\"]').click()");
            await browser.WaitAsync($"(() => {{ const top = document.querySelector('#{section} h2').getBoundingClientRect().top; return top >= 0 && top < 120; }})()");
        }

        (await browser.EvaluateAsync("document.querySelector('#issues').getBoundingClientRect().height"))!.GetValue<double>().Should().BeGreaterThan(5000, "the test needs a long section");
        await browser.SendAsync("Emulation.clearDeviceMetricsOverride");
    }

    private static Task SizeAsync(Chromium browser, int width, int height) => browser.SendAsync(
        "Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
}
