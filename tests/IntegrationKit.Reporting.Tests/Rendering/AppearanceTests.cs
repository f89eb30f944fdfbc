using System.Text.Json.Nodes;
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
          .filter(e => getComputedStyle(e).textAlign !== 'right' || getComputedStyle(e).whiteSpace !== 'nowrap').map(e => e.textContent).slice(0, 5).join(', ')
        """;

    [Theory]
    [InlineData(1280, "light")]
    [InlineData(1280, "dark")]
    [InlineData(400, "light")]
    [InlineData(400, "dark")]
    public async Task Everything_fits_and_can_be_read(int width, string scheme)
    {
        using var run = ShopRun.Record(more: static run => run.Fail(
            "A_pending_order_returns_its_stock_and_needs_no_refund", "Assert.Equal() Failure: Values differ\nExpected: 10\nActual:   11"));
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

        (await browser.TextAsync(SticksOut)).Should().BeEmpty("nothing may stick out at {0} pixels", width);
        (await browser.TextAsync(OutOfLine)).Should().BeEmpty("times are numbers");
        (await browser.TextAsync(Unreadable)).Should().BeEmpty("all texts need contrast in the {0} scheme", scheme);
        await browser.SendAsync("Emulation.clearDeviceMetricsOverride");
    }

    private static Task SizeAsync(Chromium browser, int width, int height) => browser.SendAsync(
        "Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
}
