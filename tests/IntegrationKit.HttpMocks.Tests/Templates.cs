using System.Text;
using IntegrationKit.Mappings;
using IntegrationKit.Serving;

namespace IntegrationKit.HttpMocks.Tests;

public sealed class Templates
{
    private const string Body = """{"name":"bob","n":5,"f":2.0,"big":1234567890.12,"arr":[1,2,3],"objs":[{"a":1},{"a":2}],"t":"a<b"}""";

    /// <summary>Every expected value is what Java WireMock 3.13 answered.</summary>
    [Theory]
    [InlineData("{{request.path.[1]}}|{{request.query.x}}|{{request.query.x.1}}|{{request.query.nope}}|{{request.cookies.c1}}|{{request.method}}", "b|1|2||v1|POST")]
    [InlineData("{{jsonPath request.body '$.name'}}|{{jsonPath request.body '$.arr'}}|{{jsonPath request.body '$.big'}}|{{jsonPath request.body '$.f'}}", "bob|[1,2,3]|1.23456789012E9|2.0")]
    [InlineData("{{jsonPath request.body '$.objs[0]'}}", "{\n  \"a\" : 1\n}")]
    [InlineData("{{jsonPath request.body '$.nope'}}|{{jsonPath request.body '$.nope' default='d'}}|{{jsonPath request.body '$.t'}}", "|d|a<b")]
    [InlineData("{{#each (jsonPath request.body '$.objs')}}{{this.a}}{{@index}}{{#unless @last}},{{/unless}}{{/each}}", "10,21")]
    [InlineData("{{upper 'abc'}}|{{capitalize 'abc def'}}|{{trim '  a '}}|{{replace 'aXb' 'X' '-'}}|{{substring 'abcdef' 2 4}}|{{join request.query.x '-'}}", "ABC|Abc Def|a|a-b|cd|1-2")]
    [InlineData("{{abbreviate 'hello world this' 10}}|{{center 'a' size=5 pad='*'}}|{{slugify 'Hello World!'}}|{{stringFormat 'x%sy%d' 'q' 5}}", "hello w...|**a**|hello-world|xqy5")]
    [InlineData("{{isEven 2}}|{{isOdd 2}}|{{stripes 2 'a' 'b'}}", "even||a")]
    [InlineData("{{#if (eq 1 1)}}y{{else}}n{{/if}}{{#gt 2 1}}y{{/gt}}{{#lt 2 1}}z{{else}}w{{/lt}}{{#and true false}}y{{else}}n{{/and}}", "yywn")]
    [InlineData("{{#assign 'x'}}v{{/assign}}{{x}}|{{val 5 assign='q'}}{{q}}|{{val request.query.nope or='z'}}", "v|5|z")]
    [InlineData("{{math 1 '+' 2}}|{{math 5 '/' 2}}|{{math 5 '%' 2}}|{{math 1.5 '*' 2}}|{{math 3 '-' 5}}", "3|3|1|3.0|-2")]
    [InlineData("{{range 1 3}}|{{array 1 'two' true}}|{{arrayJoin ',' (array 1 2)}}|{{arrayAdd (array 1 2) 3 position=0}}|{{arrayRemove (array 1 2 3) 1}}", "[1, 2, 3]|[1, two, true]|1,2|[3, 1, 2]|[1, 2]")]
    [InlineData("{{size 'abc'}}|{{size (array 1 2)}}|{{contains 'abc' 'b'}}|{{matches '123' '[0-9]+'}}", "3|2|true|true")]
    [InlineData("{{regexExtract 'abc123' '[0-9]+'}}|{{regexExtract 'abc-123' '([a-z]+)-([0-9]+)' 'p'}}{{p.0}}{{p.1}}|{{regexExtract 'abc' '[0-9]+' default='none'}}", "123|abc123|none")]
    [InlineData("{{urlEncode 'a b/c'}}|{{base64 'hello'}}|{{base64 'aGVsbG8=' decode=true}}|{{base64 'hello' padding=false}}|{{#base64}}hello{{/base64}}", "a+b%2Fc|aGVsbG8=|hello|aGVsbG8|aGVsbG8=")]
    [InlineData("{{parseJson request.body 'o'}}{{o.name}}|{{lookup (parseJson request.body) 'name'}}|{{jsonMerge '{\"a\":1}' '{\"b\":2}'}}|{{jsonRemove '{\"a\":1,\"b\":2}' '$.a'}}|{{jsonArrayAdd '[1]' '2'}}", "bob|bob|{\"a\":1,\"b\":2}|{\"b\":2}|[1,2]")]
    [InlineData("{{date (parseDate '2018-05-05T01:02:03Z') format='dd/MM/yyyy HH:mm'}}|{{date (parseDate '2018-05-05T01:02:03Z') offset='-1 days'}}|{{date (truncateDate (parseDate '2018-05-05T01:02:03Z') 'first day of month')}}", "05/05/2018 01:02|2018-05-04T01:02:03Z|2018-05-01T00:00:00Z")]
    [InlineData("{{xPath '<a><b>t</b></a>' '/a/b/text()'}}|{{parameters.p}}|{{nope}}|{{nope.x.y}}", "t|pv||")]
    public async Task Print_what_java_prints(string template, string expected) => (await RenderAsync(template)).Body.Should().Be(expected);

    [Fact]
    public async Task An_unknown_helper_is_a_500_with_the_reason()
    {
        var (status, body) = await RenderAsync("{{nope 'a'}}");

        status.Should().Be(500);
        body.Should().Contain("the template failed").And.Contain("nope");
    }

    private static async Task<(int Status, string Body)> RenderAsync(string template)
    {
        using var engine = new MockEngine(new MockEngineOptions());
        await using var listener = await MockListener.StartAsync(engine, null, new ListenerOptions(), TestContext.Current.CancellationToken);
        var stub = System.Text.Json.JsonSerializer.Serialize(new { request = new { }, response = new { body = template, transformers = new[] { "response-template" }, transformerParameters = new { p = "pv" } } });
        engine.Shared.Stubs.Add(MappingReader.ReadText(stub)[0]);
        using var client = new HttpClient { BaseAddress = listener.Address };
        client.DefaultRequestHeaders.Add("Cookie", "c1=v1");
        using var response = await client.PostAsync("/a/b?x=1&x=2", new StringContent(Body, Encoding.UTF8, "application/json"));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
