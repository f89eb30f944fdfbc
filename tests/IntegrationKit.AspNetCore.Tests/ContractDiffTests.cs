using System.Text.Json;
using IntegrationKit.Contracts;
using IntegrationKit.Observations;
using IntegrationKit.Support;

namespace IntegrationKit;

public sealed class ContractDiffTests
{
    private const string Order = """{"type":"object","required":["id"],"properties":{"id":{"type":"integer"},"sku":{"type":"string"}}}""";

    [Theory]
    [InlineData(Order, Order, null)]
    [InlineData(Order, """{"type":"object","required":["id"],"properties":{"id":{"type":"integer"}}}""", "GET /orders/{id} 200 lost sku")]
    [InlineData(Order, """{"type":"object","required":["id"],"properties":{"id":{"type":"string"},"sku":{"type":"string"}}}""", "GET /orders/{id} 200/id is string, was integer")]
    [InlineData(Order, """{"type":"object","properties":{"id":{"type":"integer"},"sku":{"type":"string"}}}""", "GET /orders/{id} 200 may leave out id")]
    [InlineData(Order, """{"type":"object","required":["id","sku"],"properties":{"id":{"type":"integer"},"sku":{"type":"string"},"more":{"type":"string"}}}""", null)]
    [InlineData("""{"type":"string"}""", """{"type":["string","null"]}""", "GET /orders/{id} 200 is null or string, was string")]
    public void What_an_answer_takes_away_is_breaking(string before, string after, string? expected) =>
        Breaking(Answering(before), Answering(after)).Should().BeEquivalentTo(expected is null ? [] : [expected]);

    [Theory]
    [InlineData(Order, """{"type":"object","required":["id","sku"],"properties":{"id":{"type":"integer"},"sku":{"type":"string"}}}""", "POST /orders body requires sku")]
    [InlineData(Order, """{"type":"object","properties":{"id":{"type":["integer","string"]}}}""", null)]
    public void What_a_request_asks_for_more_is_breaking(string before, string after, string? expected) =>
        Breaking(Taking(before), Taking(after)).Should().BeEquivalentTo(expected is null ? [] : [expected]);

    [Theory]
    [InlineData("""{"paths":{}}""", "GET /orders/{id} is gone")]
    [InlineData("""{"paths":{"/orders/{id}":{"get":{"responses":{"404":{"description":"no"}}}}}}""", "GET /orders/{id} no longer documents 200")]
    [InlineData("""{"paths":{"/orders/{id}":{"get":{"parameters":[{"in":"query","name":"at","required":true}],"responses":{"200":{"description":"yes"}}}}}}""", "GET /orders/{id} requires the new parameter at")]
    public void What_is_gone_or_newly_required_is_breaking(string after, string expected) =>
        Breaking(Answering(Order), after).Should().Equal(expected);

    [Fact]
    public async Task A_broken_promise_of_the_committed_document_is_an_issue()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "baseline.json");
        await File.WriteAllTextAsync(file, """{"openapi":"3.1.0","paths":{"/ping":{"get":{"responses":{"200":{"description":"pong"}}}},"/gone":{"get":{"responses":{"200":{"description":"ok"}}}}}}""", TestContext.Current.CancellationToken);
        var fixture = new Committed(file);
        await DrivenTest.RunAsync(fixture, async _ => await fixture.Client.GetAsync("/ping"));

        await fixture.DisposeAsync();

        RunRecording.Of<IssueObserved>().Should().ContainSingle(issue => issue.Rule == "IK5008").Which.Message.Should().Be("GET /gone is gone");
    }

    private static IReadOnlyList<string> Breaking(string before, string after) =>
        ContractDiff.Breaking(new ContractDocument(JsonDocument.Parse(before)), new ContractDocument(JsonDocument.Parse(after)));

    private static string Answering(string schema) =>
        """{"paths":{"/orders/{id}":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Answer"}}}}}}}},"components":{"schemas":{"Answer":SCHEMA}}}"""
            .Replace("SCHEMA", schema, StringComparison.Ordinal);

    private static string Taking(string schema) =>
        """{"paths":{"/orders":{"post":{"requestBody":{"required":true,"content":{"application/json":{"schema":SCHEMA}}},"responses":{}}}}}"""
            .Replace("SCHEMA", schema, StringComparison.Ordinal);

    private sealed class Committed : MinimalFixture
    {
        public Committed(string file) => Configure(options => options.Baseline(file));
    }
}
