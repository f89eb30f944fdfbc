using IntegrationKit.Contracts;
using IntegrationKit.Mappings;

namespace IntegrationKit.HttpMocks.Tests;

public sealed class Contract_drift
{
    private readonly ContractCheck check;

    public Contract_drift()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """
            {"openapi":"3.0.3","servers":[{"url":"https://pay.example/api"}],"paths":{
              "/charges/{id}":{"get":{"parameters":[{"name":"expand","in":"query"}],"responses":{"200":{"$ref":"#/components/responses/Charge"},"4XX":{"description":"no"}}}},
              "/charges":{"post":{"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/New"}}}},"responses":{"201":{"$ref":"#/components/responses/Charge"}}}}},
             "components":{
              "responses":{"Charge":{"description":"","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Charge"}}}}},
              "schemas":{"New":{"type":"object","required":["amount","currency"],"properties":{"amount":{"type":"integer"},"currency":{"enum":["EUR"]}}},
                         "Charge":{"type":"object","required":["id"],"properties":{"id":{"type":"string"},"paid":{"type":"boolean","nullable":true}}}}}}
            """);
        check = new ContractCheck(ProviderContract.Read(file));
        File.Delete(file);
    }

    [Theory]
    [InlineData("""{"request":{"method":"GET","urlPath":"/api/charges/7"},"response":{"status":200,"jsonBody":{"id":"7","paid":null}}}""")]
    [InlineData("""{"request":{"method":"GET","urlPathTemplate":"/api/charges/{charge}"},"response":{"status":404}}""")]
    [InlineData("""{"request":{"method":"POST","urlPath":"/api/charges","bodyPatterns":[{"equalToJson":{"amount":1},"ignoreExtraElements":true}]},"response":{"status":201,"jsonBody":{"id":"7"}}}""")]
    [InlineData("""{"request":{"method":"POST","urlPath":"/api/charges"},"response":{"fault":"EMPTY_RESPONSE"}}""")]
    [InlineData("""{"request":{"method":"POST","urlPath":"/api/charges"},"response":{"fixedDelayMilliseconds":86400000}}""")]
    public void Stubs_that_fit_have_none(string stub) => Problems(stub).Should().BeEmpty();

    [Theory]
    [InlineData("""{"request":{"method":"GET","urlPath":"/api/charge/7"},"response":{"status":200}}""", "the contract has no path /api/charge/7")]
    [InlineData("""{"request":{"method":"PUT","urlPath":"/api/charges"},"response":{"status":200}}""", "the contract has no PUT /api/charges")]
    [InlineData("""{"request":{"method":"POST","urlPath":"/api/charges"},"response":{"status":200}}""", "the contract does not declare status 200")]
    [InlineData("""{"request":{"method":"POST","urlPath":"/api/charges"},"response":{"status":201,"jsonBody":{"id":7}}}""", "response body $.id: expected string, was 7")]
    [InlineData("""{"request":{"method":"POST","urlPath":"/api/charges"},"response":{"status":201,"jsonBody":{}}}""", "response body $: 'id' is missing")]
    [InlineData("""{"request":{"method":"GET","urlPath":"/api/charges/7","queryParameters":{"expnd":{"equalTo":"x"}}},"response":{"status":404}}""", "the contract has no query parameter expnd")]
    [InlineData("""{"request":{"method":"POST","urlPath":"/api/charges","bodyPatterns":[{"equalToJson":{"amount":1}}]},"response":{"status":201,"jsonBody":{"id":"7"}}}""", "expected request body $: 'currency' is missing")]
    public void Says_what_the_real_service_could_not_do(string stub, string problem) => Problems(stub).Should().Contain(problem);

    private IReadOnlyList<string> Problems(string stub) => check.Of(MappingReader.ReadText(stub)[0]);
}
