using System.Text.Json;
using IntegrationKit.Contracts;
using IntegrationKit.Observations;
using IntegrationKit.Support;

namespace IntegrationKit;

public sealed class ContractTests
{
    [Fact]
    public async Task An_answer_of_another_shape_than_documented_is_an_issue_with_its_test()
    {
        var fixture = new MinimalFixture();
        var test = await DrivenTest.RunAsync(fixture, async _ =>
        {
            await fixture.Client.GetAsync("/liar");
            await fixture.Client.GetAsync("/orders/7");
            await fixture.Client.GetAsync("/orders/700");
            await fixture.Client.GetAsync("/problem");
            await fixture.Client.GetAsync("/api/things/700");
        });

        await fixture.DisposeAsync();

        var issue = RunRecording.Of<IssueObserved>().Where(found => found.Test == test.Execution).Should().ContainSingle().Subject;
        issue.Rule.Should().Be("IK5004");
        issue.Title.Should().Be("GET /liar answers 200 in another shape than documented");
        issue.Evidence.Should().Contain(["the body has no \"sku\", which is required"]).And.Contain(found => found.StartsWith("/id "));
    }

    [Fact]
    public async Task A_large_answer_passes_through_without_being_kept()
    {
        await using var fixture = new MinimalFixture();

        await DrivenTest.RunAsync(fixture, async _ =>
        {
            using var response = await fixture.Client.GetAsync("/large", HttpCompletionOption.ResponseHeadersRead);
            await using var content = await response.Content.ReadAsStreamAsync();
            var buffer = new byte[64 * 1024];
            long total = 0;
            for (int read; (read = await content.ReadAsync(buffer)) > 0;)
            {
                total += read;
            }

            total.Should().Be(100L * 1024 * 1024);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_streamed_answer_arrives_while_it_is_written(bool onKestrel)
    {
        await using MinimalFixture fixture = onKestrel ? new KestrelFixture() : new MinimalFixture();

        await DrivenTest.RunAsync(fixture, async _ =>
        {
            using var response = await fixture.Client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(5))).Should().Be("data: one");
        });
    }

    [Fact]
    public async Task A_contract_that_is_no_openapi_document_is_named()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "no-openapi.json");
        await File.WriteAllTextAsync(file, "{}", TestContext.Current.CancellationToken);
        var fixture = new CommittedContract(file);
        await DrivenTest.RunAsync(fixture, async _ => await fixture.Client.GetAsync("/ping"));

        await fixture.DisposeAsync();

        RunRecording.Of<IssueObserved>().Should().ContainSingle(issue => issue.Rule == "IK5005")
            .Which.Message.Should().Contain("no \"paths\" object");
    }

    [Theory]
    [InlineData("""{"type":"integer"}""", "7", null)]
    [InlineData("""{"type":"integer"}""", "7.5", "is number, documented is integer")]
    [InlineData("""{"type":["string","null"]}""", "null", null)]
    [InlineData("""{"type":"string","nullable":true}""", "null", null)]
    [InlineData("""{"type":"string"}""", "null", "is null, documented is string")]
    [InlineData("""{"pattern":"^-?\\d+$","type":["integer","string"],"format":"int32"}""", "\"12\"", null)]
    [InlineData("""{"enum":["a","b"]}""", "\"c\"", "is \"c\", documented are \"a\", \"b\"")]
    [InlineData("""{"oneOf":[{"type":"null"},{"type":"integer"}]}""", "\"x\"", "fits none of the 2 documented shapes")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "[\"a\",1]", "/1 is integer, documented is string")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", """{"a":"x"}""", "/a is string, documented is integer")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{}}}""", """{"a":1,"b":2}""", "has \"b\", which is not documented")]
    [InlineData("""{"type":"string","format":"uuid"}""", "\"7\"", "is not a uuid")]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2026-01-31T10:00:00.1234567+01:00\"", null)]
    [InlineData("""{"allOf":[{"required":["id"]}]}""", "{}", "has no \"id\", which is required")]
    [InlineData("""{"$ref":"#/components/schemas/Tree"}""", """{"children":[{"children":[{"children":3}]}]}""", "/children/0/children/0/children is integer, documented is array")]
    public void A_value_is_compared_with_its_schema(string schema, string value, string? violation)
    {
        var document = new ContractDocument(JsonDocument.Parse("""
            {"paths":{},"components":{"schemas":{"Tree":{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#/components/schemas/Tree"}}}}}}}
            """));

        var found = SchemaCheck.Violations(document, JsonDocument.Parse(schema).RootElement, JsonDocument.Parse(value).RootElement);

        if (violation is null)
        {
            found.Should().BeEmpty();
        }
        else
        {
            found.Should().ContainSingle().Which.Should().Contain(violation);
        }
    }

    private sealed class CommittedContract : MinimalFixture
    {
        public CommittedContract(string file) => Configure(options => options.Contract(file));
    }
}
