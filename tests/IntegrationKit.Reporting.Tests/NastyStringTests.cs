using System.Text;
using System.Text.Json;
using System.Xml;
using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Rendering;
using IntegrationKit.Samples;
using IntegrationKit.Writers;

namespace IntegrationKit;

/// <summary>The whole corpus through every text channel and every writer.</summary>
public sealed class NastyStringTests(NastyReport nasty, ChromiumFixture fixture) : IClassFixture<NastyReport>, IClassFixture<ChromiumFixture>
{
    [Fact]
    public void The_corpus_is_large() => NastyStrings.All.Distinct(StringComparer.Ordinal).Should().HaveCountGreaterThanOrEqualTo(200);

    [Fact]
    public void The_json_parses_and_holds_the_texts()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(nasty.Path("report.json")));

        var messages = json.RootElement.GetProperty("testResults").GetProperty("tests").EnumerateArray()
            .ToDictionary(t => t.GetProperty("methodName").GetString()!, t => t.GetProperty("error").GetProperty("message").GetString()!, StringComparer.Ordinal);

        for (var i = 0; i < NastyStrings.All.Count; i++)
        {
            var expected = Readable(NastyStrings.All[i]);
            if (expected.Length < 10_000)
            {
                messages[$"Test_{i}"].Should().Be(expected);
            }
        }
    }

    [Fact]
    public void The_ctrf_file_parses_and_keeps_to_the_schema()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(nasty.Path("ctrf.json")));

        CtrfRules.Check(json.RootElement).Should().BeEmpty();
    }

    [Fact]
    public void The_junit_file_is_well_formed_xml()
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = true };
        using var reader = XmlReader.Create(nasty.Path("junit.xml"), settings);
        var failures = 0;

        while (reader.Read())
        {
            failures += reader is { NodeType: XmlNodeType.Element, Name: "failure" } ? 1 : 0;
        }

        failures.Should().Be(NastyStrings.All.Count);
    }

    [Fact]
    public void The_markdown_stays_within_its_limit_and_its_blocks_are_closed()
    {
        var bytes = File.ReadAllBytes(nasty.Path("report.md"));

        bytes.Length.Should().BeLessThanOrEqualTo(MarkdownWriter.ByteLimit);
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).Should().NotContain("\u001b").And.NotContain("\u202e").And.NotContain("<script>");
    }

    [Fact]
    public async Task The_page_shows_the_texts_and_executes_nothing()
    {
        var browser = await fixture.BrowserAsync();

        await browser.OpenAsync("file://" + nasty.Path("report.html"));

        (await browser.TextAsync("document.title")).Should().NotContain("hacked");
        foreach (var i in Enumerable.Range(0, NastyStrings.All.Count).Where(i => NastyStrings.All[i].Length < 200))
        {
            await browser.EvaluateAsync($"document.querySelector('#one').hidden = true; location.hash = '#t={nasty.Ids[i]}'");
            await browser.WaitAsync("!document.querySelector('#one').hidden");
            var shown = await browser.TextAsync("document.querySelector('#one pre').textContent");
            shown.Should().StartWith("Nasty: " + VisibleText.Of(Readable(NastyStrings.All[i])));
        }

        (await browser.TextAsync("document.title")).Should().NotContain("hacked");
        (await browser.EvaluateAsync("document.querySelectorAll('main script, main img, main svg, main iframe').length"))!.GetValue<int>().Should().Be(0);
        browser.Problems.Should().BeEmpty();
        browser.Requests.Should().OnlyContain(url => url.StartsWith("file://" + nasty.Path("report.html")) || url.StartsWith("data:"));
        TestContext.Current.TestOutputHelper!.WriteLine($"{NastyStrings.All.Count} strings shown, {browser.Problems.Count} problems, {browser.Requests.Count} requests, title \"{await browser.TextAsync("document.title")}\"");
    }

    /// <summary>What of a text survives UTF-8: half a surrogate pair has no encoding.</summary>
    private static string Readable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}

/// <summary>One report in which every text channel of test i holds text i.</summary>
public sealed class NastyReport : IDisposable
{
    private readonly SampleRun run = new();
    private readonly IReadOnlyList<string> paths;

    public NastyReport()
    {
        run.Points();
        List<string> ids = [];
        for (var i = 0; i < NastyStrings.All.Count; i++)
        {
            ids.Add(Record(i, NastyStrings.All[i]));
        }

        Ids = ids;
        var result = run.Done().Write();
        result.Problems.Should().BeEmpty();
        paths = result.Paths;
    }

    public IReadOnlyList<string> Ids { get; }

    public string Path(string name) => paths.Single(path => path.EndsWith(name, StringComparison.Ordinal));

    public void Dispose() => run.Dispose();

    private string Record(int i, string text)
    {
        var id = Identity.TestIds.For("Nasty", "Nasty", $"Test_{i}", null);
        var execution = id + "@1";
        run.Publish(new TestStarted
        {
            Execution = execution,
            TestId = id,
            Name = $"Test {text}",
            ClassName = $"Nasty.Tests{i % 7}",
            MethodName = $"Test_{i}",
            Parameters = [new TestParameter($"p{text}", text)],
            Categories = [text],
            Workflows = i % 9 == 0 ? [text] : null,
            Traits = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [text] = [text] },
            SourcePath = text,
            SourceLine = 1,
        });
        run.Publish(new StepFinished { Test = execution, Name = text, Status = TestStatus.Passed });
        run.Publish(new RequestHandled { Test = execution, Point = SampleRun.App, Method = "GET", Route = "/" + text, Path = "/" + text, Status = 500, User = text, Exception = text });
        run.Publish(new SqlExecuted { Test = execution, Point = SampleRun.Db, Text = text, Tables = [new TableAccess(text, "read")] });
        run.Publish(new CallSent { Test = execution, Point = null, Host = text, Method = "GET", Path = text, Error = text });
        run.Publish(new MockServed { Test = execution, Point = SampleRun.Payments, Method = "GET", Path = text, Matched = false, NearMiss = text });
        run.Publish(new LogWritten { Test = execution, Point = SampleRun.App, Category = text, Level = "Error", Message = text, Exception = text });
        run.Publish(new IssueObserved { Test = execution, Rule = "IK5001", Level = "warning", Category = "test", Title = text, Message = text, Evidence = [text] });
        run.Publish(new ResourceReported { Resource = "r" + i, Kind = "database", Name = text, State = "ready", Reason = text, Endpoint = text, Details = new Dictionary<string, string>(StringComparer.Ordinal) { [text] = text } });
        run.Publish(new TestFinished
        {
            Execution = execution,
            Status = TestStatus.Failed,
            RawStatus = "assertion",
            Output = text,
            Warnings = [text],
            Error = new TestError { Type = "Nasty", Message = text, Stack = text, Inner = [new TestError { Type = text, Message = text }] },
        });
        return id;
    }
}
