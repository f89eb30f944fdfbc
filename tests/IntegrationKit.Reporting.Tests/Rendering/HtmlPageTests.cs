using IntegrationKit.Samples;

namespace IntegrationKit.Rendering;

/// <summary>The page in a real browser, from disk. Skipped, with the reason, where no Chromium is installed.</summary>
public sealed class HtmlPageTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>, IDisposable
{
    private readonly SampleRun run = ShopRun.Record();

    private string Page => "file://" + run.Write().Paths.Single(path => path.EndsWith(".html", StringComparison.Ordinal));

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task It_opens_on_the_failures_without_a_request_or_an_error()
    {
        var chromium = await fixture.BrowserAsync();
        var page = Page;

        await chromium.OpenAsync(page);

        (await chromium.TextAsync("document.querySelector('#count').textContent")).Should().Be("1 of 5 tests");
        (await chromium.TextAsync("document.querySelector('.row .name').textContent")).Should().Be("A_declined_card_leaves_no_order");
        chromium.Requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)).Should().Equal(page);
        chromium.Problems.Should().BeEmpty();
    }

    [Fact]
    public async Task A_deep_link_shows_the_test_with_its_difference()
    {
        var chromium = await fixture.BrowserAsync();
        var page = Page;
        var id = run.Report().TestResults.Tests.Single(t => t.Status == "failed").TestId;

        await chromium.OpenAsync($"{page}#t={id}");
        await chromium.WaitAsync("!document.querySelector('#one').hidden");

        (await chromium.TextAsync("document.querySelector('#one h3').textContent")).Should().Be("Shop.OrderTests.A_declined_card_leaves_no_order");
        (await chromium.TextAsync("[...document.querySelectorAll('.diff mark')].map(m => m.textContent).join()")).Should().Be("402,500");
        (await chromium.TextAsync("document.querySelector('#one button').title")).Should().Be("dotnet run -- -method 'Shop.OrderTests.A_declined_card_leaves_no_order'");
    }

    [Fact]
    public async Task What_changed_since_the_baseline_can_be_chosen_and_is_told_of_a_test()
    {
        var chromium = await fixture.BrowserAsync();
        using var before = new SampleRun();
        before.Pass("A");
        before.Fail("B", "bad");
        using var now = new SampleRun();
        var slow = now.Start("A");
        now.Publish(new Journal.TestFinished { Execution = slow, Status = Journal.TestStatus.Passed, DurationUs = 600_000 });
        now.Fail("B", "worse");
        var result = now.Done().Write(new ReportOptions
        {
            Baseline = before.Done().Report(),
            KnownFailures = [new Comparing.KnownFailure { Rule = "IK3001", Match = "*.B", Owner = "ann", Reason = "later" }],
        });
        var page = "file://" + result.Paths.Single(path => path.EndsWith(".html", StringComparison.Ordinal));
        var tests = result.Report!.TestResults.Tests;

        await chromium.OpenAsync($"{page}#t={tests[0].TestId}");
        await chromium.WaitAsync("!document.querySelector('#one').hidden");

        (await chromium.TextAsync("document.querySelector('#one .meta').textContent")).Should().Contain("unchanged, 50 times as long as usual");
        (await chromium.TextAsync("[...document.querySelectorAll('#app select option')].map(o => o.textContent).join()")).Should().Contain("changed failure");
        await chromium.EvaluateAsync($"location.hash = '#t={tests[1].TestId}'");
        await chromium.WaitAsync("document.querySelector('#one .meta').textContent.includes('changed failure · known failure: later (ann)')");
    }

    [Theory]
    [InlineData(10_000, false)]
    [InlineData(10_001, true)]
    public void Sections_are_laid_out_when_they_are_looked_at_only_where_there_are_many_tests(int tests, bool expected)
    {
        var report = run.Report();
        using var page = new MemoryStream();

        new Writers.Html.HtmlReportWriter().Write(report with { TestResults = report.TestResults with { Summary = report.TestResults.Summary with { Tests = tests } } }, page);

        System.Text.Encoding.UTF8.GetString(page.ToArray()).Contains("<main class=\"large\">", StringComparison.Ordinal).Should().Be(expected);
    }

    [Fact]
    public void Transactions_nobody_observed_are_not_counted_as_none()
    {
        using var silent = new SampleRun().Points();
        silent.Pass("Orders_are_listed");
        silent.Done();

        File.ReadAllText(new Uri(Page).LocalPath).Should().Contain("<caption>Transactions</caption>");
        silent.Report().Coverage.Transactions.Should().ContainSingle();
        File.ReadAllText(silent.Write().Paths.Single(path => path.EndsWith(".html", StringComparison.Ordinal))).Should().NotContain("<caption>Transactions</caption>");
    }

    [Fact]
    public void The_difference_of_two_texts_has_none_of_the_arrows_that_point_at_it()
    {
        using var arrows = ShopRun.Record(more: static run => run.Fail(
            "A_sku_is_kept", "Assert.Equal() Failure: Strings differ\n             ↓ (pos 1)\nExpected: \"A1\"\nActual:   \"B1\"\n             ↑ (pos 1)"));

        var error = arrows.Report().TestResults.Tests.Single(t => t.MethodName == "A_sku_is_kept").Error!;

        error.Expected.Should().Be("\"A1\"");
        error.Actual.Should().Be("\"B1\"");
    }

    [Fact]
    public async Task Search_filter_and_keyboard_find_a_test()
    {
        var chromium = await fixture.BrowserAsync();
        var page = Page;
        await chromium.OpenAsync(page);

        await chromium.EvaluateAsync("[...document.querySelectorAll('#app button')].filter(b => b.getAttribute('aria-pressed') === 'true').forEach(b => b.click())");
        await chromium.PressAsync("/");
        await chromium.EvaluateAsync("(() => { const box = document.querySelector('#app input'); box.value = 'placing card'; box.dispatchEvent(new Event('input')); box.blur(); })()");
        await chromium.WaitAsync("document.querySelector('#count').textContent === '1 of 5 tests'");
        await chromium.PressAsync("j");
        await chromium.WaitAsync("!document.querySelector('#one').hidden");

        (await chromium.TextAsync("document.querySelector('#one .wave').textContent")).Should()
            .Contain("POST /orders → 201").And.Contain("(test) insert into products").And.Contain("POST /v1/charges → 201");
    }

    [Fact]
    public async Task Without_script_the_verdict_the_sections_and_the_failures_are_there()
    {
        var chromium = await fixture.BrowserAsync();
        var page = Page;
        await chromium.ScriptsAsync(enabled: false);

        await chromium.OpenAsync(page, "location.protocol === 'file:' && document.readyState === 'complete'");
        var text = (await chromium.SendAsync("DOMSnapshot.captureSnapshot", new() { ["computedStyles"] = new System.Text.Json.Nodes.JsonArray() }))["strings"]!.ToJsonString();

        text.Should().ContainAll("failure", "Expected: 402", "Recommendations", "Write a test that calls DELETE", "needs JavaScript");
    }

    [Theory]
    [InlineData("light", "rgb(255, 255, 255)")]
    [InlineData("dark", "rgb(13, 17, 23)")]
    public async Task It_follows_the_readers_colour_scheme(string scheme, string background)
    {
        var chromium = await fixture.BrowserAsync();
        var page = Page;
        await chromium.SchemeAsync(scheme);

        await chromium.OpenAsync(page);

        (await chromium.TextAsync("getComputedStyle(document.body).backgroundColor")).Should().Be(background);
        (await chromium.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth"))!.GetValue<bool>().Should().BeTrue("nothing may stick out");
    }
}
