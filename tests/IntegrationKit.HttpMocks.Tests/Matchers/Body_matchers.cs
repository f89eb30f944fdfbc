using System.Text;
using IntegrationKit.Mappings;
using IntegrationKit.Requests;

namespace IntegrationKit.HttpMocks.Tests.Matchers;

/// <summary>What Java WireMock 3.13 answered to the same questions.</summary>
public sealed class Body_matchers
{
    [Theory]
    [InlineData("""{"equalToXml":"<a><b>1</b><c>2</c></a>"}""", "<a>\n <c>2</c><b>1</b></a>", true)]
    [InlineData("""{"equalToXml":"<a><b>1</b></a>"}""", "<a><!-- note --><b> 1 </b></a>", true)]
    [InlineData("""{"equalToXml":"<a><b>1</b></a>"}""", "<p:a xmlns:p='urn:x'><p:b>1</p:b></p:a>", true)]
    [InlineData("""{"equalToXml":"<a xmlns='urn:x'/>"}""", "<p:a xmlns:p='urn:x'/>", true)]
    [InlineData("""{"equalToXml":"<a xmlns='urn:x'/>"}""", "<a/>", false)]
    [InlineData("""{"equalToXml":"<a>1</a>"}""", "<a><![CDATA[1]]></a>", false)]
    [InlineData("""{"equalToXml":"<a><b>1</b></a>"}""", "<a><b>1</b><d/></a>", false)]
    [InlineData("""{"equalToXml":"<a x='1'/>"}""", "<a x='1' y='2'/>", false)]
    [InlineData("""{"equalToXml":"<a x='1'/>","exemptedComparisons":["ATTR_VALUE"]}""", "<a x='2'/>", true)]
    [InlineData("""{"equalToXml":"<a><b>1</b><b>2</b></a>"}""", "<a><b>2</b><b>1</b></a>", false)]
    [InlineData("""{"equalToXml":"<a><b>1</b><b>2</b></a>","ignoreOrderOfSameNode":true}""", "<a><b>2</b><b>1</b></a>", true)]
    [InlineData("""{"equalToXml":"<a>${xmlunit.ignore}</a>","enablePlaceholders":true}""", "<a><b>1</b></a>", true)]
    [InlineData("""{"equalToXml":"<a>${xmlunit.isNumber}</a>","enablePlaceholders":true}""", "<a>x</a>", false)]
    [InlineData("""{"equalToXml":"<a>${xmlunit.isNumber}</a>","enablePlaceholders":true}""", "<a><![CDATA[1]]></a>", true)]
    [InlineData("""{"equalToXml":"<a>${xmlunit.isDateTime}</a>","enablePlaceholders":true}""", "<a>1</a>", false)]
    [InlineData("""{"equalToXml":"<a>${xmlunit.isDateTime}</a>","enablePlaceholders":true}""", "<a>2020-01-01T00:00:00Z</a>", true)]
    [InlineData("""{"matchesXPath":"//b"}""", "<a><b>1</b></a>", true)]
    [InlineData("""{"matchesXPath":"//b"}""", "<a xmlns='urn:x'><b>1</b></a>", true)]
    [InlineData("""{"matchesXPath":"//b"}""", "<p:a xmlns:p='urn:x'><p:b>1</p:b></p:a>", false)]
    [InlineData("""{"matchesXPath":"/a/b"}""", "<p:a xmlns:p='urn:x'><p:b>1</p:b></p:a>", true)]
    [InlineData("""{"matchesXPath":"/a[b='http://x']"}""", "<p:a xmlns:p='urn:x'><p:b>http://x</p:b></p:a>", true)]
    [InlineData("""{"matchesXPath":"/a[b=\"it's // here\"]"}""", "<p:a xmlns:p='urn:x'><p:b>it's // here</p:b></p:a>", true)]
    [InlineData("""{"matchesXPath":"/a[b='\"']//c[.='\"']"}""", "<p:a xmlns:p='urn:x'><p:b>&quot;</p:b><p:c>&quot;</p:c></p:a>", false)]
    [InlineData("""{"matchesXPath":{"expression":"string(/a/b)","equalTo":"1"}}""", "<p:a xmlns:p='urn:x'><p:b>1</p:b></p:a>", true)]
    [InlineData("""{"matchesXPath":{"expression":"//c","absent":true}}""", "<a><b>1</b></a>", false)]
    [InlineData("""{"equalToXml":"<a>${xmlunit.ignore}</a>","enablePlaceholders":true}""", "<a><b>1</b><c/></a>", false)]
    [InlineData("""{"matchesXPath":"//x:b","xPathNamespaces":{"x":"urn:x"}}""", "<p:a xmlns:p='urn:x'><p:b>1</p:b></p:a>", true)]
    [InlineData("""{"matchesXPath":{"expression":"/a/b/text()","equalTo":"1"}}""", "<a><b>1</b></a>", true)]
    [InlineData("""{"matchesXPath":{"expression":"count(//b)","equalTo":"2"}}""", "<a><b>1</b></a>", false)]
    [InlineData("""{"matchesXPath":"//b"}""", "not xml", false)]
    public void Xml(string matcher, string body, bool matches) => Check(matcher, body, matches);

    [Theory]
    [InlineData("""{"before":"2021-06-14T12:13:14Z"}""", "2021-06-14T12:13:13Z", true)]
    [InlineData("""{"before":"2021-06-14T12:13:14Z"}""", "2021-06-14T14:13:13+02:00", true)]
    [InlineData("""{"before":"2021-06-14T12:13:14Z"}""", "2021-06", true)]
    [InlineData("""{"before":"now +3 days"}""", "2999-01-01T00:00:00Z", false)]
    [InlineData("""{"after":"now -2 years"}""", "2999-01-01T00:00:00Z", true)]
    [InlineData("""{"after":"2021-06-14T12:13:14"}""", "2021-06-14T12:13:15+05:00", true)]
    [InlineData("""{"equalToDateTime":"2021-06-14"}""", "2021-06-14T00:00:00", true)]
    [InlineData("""{"equalToDateTime":"2021-06-14T12:13:14Z"}""", "Mon, 14 Jun 2021 12:13:14 GMT", true)]
    [InlineData("""{"equalToDateTime":"2021-06-14T12:13:14Z"}""", "2021-06-14T12:13:14+0000", false)]
    [InlineData("""{"equalToDateTime":"2021-06-14T00:00:00Z","actualFormat":"dd/MM/yyyy"}""", "14/06/2021", true)]
    [InlineData("""{"equalToDateTime":"2021-06-14T12:13:14Z","actualFormat":"unix"}""", "1623672794", true)]
    [InlineData("""{"equalToDateTime":"2021-06-01T00:00:00Z","truncateActual":"first day of month"}""", "2021-06-14T12:13:14Z", true)]
    [InlineData("""{"before":"now","truncateExpected":"first day of year"}""", "not a date", false)]
    public void Dates(string matcher, string body, bool matches) => Check(matcher, body, matches);

    [Theory]
    [InlineData("""{"matchesJsonSchema":{"type":"object","required":["id"]}}""", """{"id":1}""", true)]
    [InlineData("""{"matchesJsonSchema":{"type":"object","required":["id"]}}""", """{"name":"x"}""", false)]
    [InlineData("""{"matchesJsonSchema":{"type":"integer"},"schemaVersion":"V4"}""", "1e3", false)]
    [InlineData("""{"matchesJsonSchema":{"type":"integer"},"schemaVersion":"V7"}""", "1e3", true)]
    [InlineData("""{"matchesJsonSchema":{"type":"string","format":"date"},"schemaVersion":"V7"}""", "\"nodate\"", false)]
    [InlineData("""{"matchesJsonSchema":{"type":"string","format":"date"}}""", "\"nodate\"", true)]
    [InlineData("""{"matchesJsonSchema":{"type":"string","format":"ipv4"},"schemaVersion":"V7"}""", "12", false)]
    [InlineData("""{"matchesJsonSchema":{"minimum":5,"exclusiveMinimum":true},"schemaVersion":"V4"}""", "6", true)]
    [InlineData("""{"matchesJsonSchema":{"minimum":5,"exclusiveMinimum":true}}""", "6", false)]
    [InlineData("""{"matchesJsonSchema":{"dependentRequired":{"id":["name"]}}}""", """{"id":1}""", false)]
    [InlineData("""{"matchesJsonSchema":{"prefixItems":[{"type":"string"}]}}""", "[1]", false)]
    [InlineData("""{"matchesJsonSchema":{"contains":{"type":"number"},"minContains":2}}""", "[1,\"a\"]", false)]
    [InlineData("""{"matchesJsonSchema":{"properties":{"id":{}},"unevaluatedProperties":false}}""", """{"x":1}""", false)]
    public void Schemas(string matcher, string body, bool matches) => Check(matcher, body, matches);

    [Theory]
    [InlineData("""{"equalToJson":"{'a':1}"}""", """{"a":1} // note""", true)]
    [InlineData("""{"matchesJsonPath":"$.a"}""", "{'a':1}", true)]
    [InlineData("""{"matchesJsonPath":"$[?(@.n == 10)]"}""", """{"n":"10"}""", true)]
    [InlineData("""{"matchesJsonPath":{"expression":"$.a","absent":true}}""", "{}", true)]
    [InlineData("""{"matchesJsonPath":{"expression":"$.a","absent":true}}""", "null", false)]
    [InlineData("""{"matches":"(?iu)ÄB\\0103"}""", "äbC", true)]
    [InlineData("""{"matches":"a{2}+b"}""", "aab", true)]
    public void Json_and_regex(string matcher, string body, bool matches) => Check(matcher, body, matches);

    [Theory]
    [InlineData("""{"name":"a","bodyPatterns":[{"equalTo":"1"}]}""", true)]
    [InlineData("""{"bodyPatterns":[{"equalToJson":{"x":1}}]}""", true)]
    [InlineData("""{"bodyPatterns":[{"equalTo":"2"}]}""", false)]
    [InlineData("""{"matchingType":"ALL","bodyPatterns":[{"equalTo":"1"}]}""", false)]
    [InlineData("""{"headers":{"Content-Type":{"contains":"json"}}}""", true)]
    [InlineData("""{"headers":{"Content-Disposition":{"contains":"name=\"c\""}}}""", false)]
    public void Multipart(string pattern, bool matches)
    {
        const string body = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--B\r\nContent-Disposition: form-data; name=\"b\"\r\nContent-Type: application/json\r\n\r\n{\"x\":1}\r\n--B--\r\n";
        var mapping = MappingReader.ReadText("""{"request":{"multipartPatterns":[""" + pattern + """]},"response":{}}""")[0];

        mapping.Request.Matches(Request(body, "multipart/form-data; boundary=B")).Should().Be(matches);
    }

    private static void Check(string matcher, string body, bool matches)
    {
        var mapping = MappingReader.ReadText("""{"request":{"bodyPatterns":[""" + matcher + """]},"response":{}}""")[0];

        mapping.Request.Matches(Request(body, "text/plain")).Should().Be(matches);
    }

    private static MockRequest Request(string body, string type) => new()
    {
        Method = "POST",
        Target = "/",
        Path = "/",
        Headers = new MockHeaders([KeyValuePair.Create("Content-Type", new Microsoft.Extensions.Primitives.StringValues(type))]),
        Body = new MockBody(Encoding.UTF8.GetBytes(body)),
    };
}
