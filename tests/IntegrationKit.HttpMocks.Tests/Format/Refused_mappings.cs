using IntegrationKit.Mappings;

namespace IntegrationKit.HttpMocks.Tests.Format;

public sealed class Refused_mappings
{
    [Theory]
    [InlineData("""{"request":{"urll":"/"}}""", "/request/urll", "unknown field 'urll'")]
    [InlineData("""{"requests":{}}""", "/requests", "unknown field 'requests'")]
    [InlineData("""{"request":{"headers":{"A":{"equalsTo":"x"}}}}""", "/request/headers/A/equalsTo", "unknown matcher 'equalsTo'")]
    [InlineData("""{"request":{"headers":{"A":{"binaryEqualTo":"MQ=="}}}}""", "/request/headers/A/binaryEqualTo", "binaryEqualTo compares bodies*")]
    [InlineData("""{"request":{"headers":{"A":{"includes":[{"equalTo":"x"}],"contains":"x"}}}}""", "/request/headers/A/contains", "contains does not go with includes")]
    [InlineData("""{"request":{"cookies":{"A":{"includes":[{"equalTo":"x"}]}}}}""", "/request/cookies/A/includes", "unknown matcher 'includes'")]
    [InlineData("""{"request":{"urlPattern":"["}}""", "/request/urlPattern", "invalid regex*")]
    [InlineData("""{"request":{"urlPattern":"a[b[c]]"}}""", "/request/urlPattern", "invalid regex: nested character classes*")]
    [InlineData("""{"request":{"bodyPatterns":[{"matchesJsonPath":"$["}]}}""", "/request/bodyPatterns/0/matchesJsonPath", "invalid JSON path*")]
    [InlineData("""{"request":{"bodyPatterns":[{"matchesXPath":"//["}]}}""", "/request/bodyPatterns/0/matchesXPath", "invalid XPath*")]
    [InlineData("""{"request":{"bodyPatterns":[{"equalToXml":"<a>"}]}}""", "/request/bodyPatterns/0/equalToXml", "invalid XML*")]
    [InlineData("""{"request":{"bodyPatterns":[{"equalToJson":"{"}]}}""", "/request/bodyPatterns/0/equalToJson", "the text is not JSON*")]
    [InlineData("""{"request":{"headers":{"A/b":{"before":"soon"}}}}""", "/request/headers/A~1b/before", "invalid date*")]
    [InlineData("""{"response":{"fault":"BANG"}}""", "/response/fault", "unknown fault 'BANG'")]
    [InlineData("""{"response":{"delayDistribution":{"type":"normal"}}}""", "/response/delayDistribution/type", "unknown distribution*")]
    [InlineData("""{"response":{"transformers":["mine"]}}""", "/response/transformers/0", "unknown transformer*")]
    [InlineData("""{"response":{"base64Body":"%s"}}""", "/response/base64Body", "the text is not Base64")]
    [InlineData("""{"id":"x"}""", "/id", "'x' is not a UUID")]
    [InlineData("""{"mappings":[{},{"request":{"method":1,"x":2}}]}""", "/mappings/1/request/x", "unknown field 'x'")]
    public void Say_what_and_where(string json, string pointer, string problem)
    {
        var refused = FluentActions.Invoking(() => MappingReader.ReadText(json, "payments.json")).Should().Throw<MockMappingException>().Which;

        refused.Pointer.Should().Be(pointer);
        refused.Problem.Should().Match(problem);
        refused.Message.Should().StartWith($"payments.json: {pointer}: ");
    }

    [Fact]
    public void Malformed_json_names_the_file() =>
        FluentActions.Invoking(() => MappingReader.ReadText("{bad", "a.json")).Should().Throw<MockMappingException>().WithMessage("a.json: *malformed JSON*");
}
