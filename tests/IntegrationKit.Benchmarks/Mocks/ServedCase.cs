using System.Globalization;
using System.Text;

namespace IntegrationKit.Mocks;

/// <summary>What a server is asked: how many stubs of which kind, and the requests that hit them.</summary>
internal sealed record ServedCase(string Kind, int Count)
{
    public const string Answer = """{"id":"c1","state":"accepted"}""";

    public string Name => $"mocks/{Kind}/{Count.ToString(CultureInfo.InvariantCulture)}";

    public static ServedCase Parse(string kind, string count) => new(kind, int.Parse(count, CultureInfo.InvariantCulture));

    /// <summary>The stubs in the stub-mapping format.</summary>
    public string Mappings()
    {
        var text = new StringBuilder("{\"mappings\":[");
        for (var i = 0; i < Count; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(Mapping(i));
        }

        return text.Append("]}").ToString();
    }

    public HttpRequestMessage Request(Uri server, int number) => Kind switch
    {
        "pattern" => new(HttpMethod.Get, new Uri(server, $"/p{number % Count}/12345")),
        "json" => new(HttpMethod.Post, new Uri(server, "/json")) { Content = new StringContent("""{"amount":500,"currency":"EUR","lines":[1,2,3]}""", Encoding.UTF8, "application/json") },
        "template" => new(HttpMethod.Get, new Uri(server, "/template?name=bob")),
        _ => new(HttpMethod.Get, new Uri(server, $"/s{number % Count}")),
    };

    private string Mapping(int i) => Kind switch
    {
        "pattern" => $$$"""{"request":{"method":"GET","urlPathPattern":"/p{{{i}}}/[0-9]+"},"response":{"status":200,"jsonBody":{{{Answer}}}}}""",
        "json" => $$$"""{"request":{"method":"POST","urlPath":"/json","bodyPatterns":[{"equalToJson":{"amount":500,"currency":"EUR","lines":[1,2,3]}}]},"response":{"status":200,"jsonBody":{{{Answer}}}}}""",
        "template" => """{"request":{"method":"GET","urlPath":"/template"},"response":{"status":200,"body":"Hello {{request.query.name}}","transformers":["response-template"]}}""",
        _ => $$$"""{"request":{"method":"GET","urlPath":"/s{{{i}}}"},"response":{"status":200,"jsonBody":{{{Answer}}}}}""",
    };
}
