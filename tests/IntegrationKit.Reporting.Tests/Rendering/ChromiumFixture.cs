namespace IntegrationKit.Rendering;

/// <summary>One browser for a class of tests that open one page after the other.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private Chromium? browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }
    }

    internal async Task<Chromium> BrowserAsync()
    {
        Assert.SkipWhen(Chromium.Installed is null, "No Chromium on PATH: the page is not opened in a browser. Install chromium to run this test.");
        browser ??= await Chromium.StartAsync();
        await browser.ResetAsync();
        return browser;
    }
}
