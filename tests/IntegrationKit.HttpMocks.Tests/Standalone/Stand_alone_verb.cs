using System.Net;
using System.Text;
using System.Text.Json;
using IntegrationKit.HttpMocks.Tests.WireMockFormat;

namespace IntegrationKit.HttpMocks.Tests.Standalone;

public sealed class Stand_alone_verb(ITestOutputHelper output)
{
    [Fact]
    public async Task Answers_all_probes_over_its_admin_api_as_java_does()
    {
        await using var tool = await ToolProcess.StartAsync();
        using var client = new HttpClient { BaseAddress = tool.Address };
        List<string> differences = [];
        var probes = 0;
        foreach (var wireMockCase in WireMockCase.ReadAll())
        {
            await client.DeleteAsync("/__admin/mappings");
            using var registered = await client.PostAsync("/__admin/mappings", Json(wireMockCase.Stub.GetRawText()));
            registered.StatusCode.Should().Be(wireMockCase.Refused ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.Created, wireMockCase.Source);
            foreach (var probe in wireMockCase.Probes)
            {
                probes++;
                using var request = probe.Request(tool.Address);
                using var response = await client.SendAsync(request);
                if (await probe.CheckAsync(response) is { } difference)
                {
                    differences.Add($"{wireMockCase.Source}: {probe.Json}: {difference}");
                }
            }
        }

        output.WriteLine($"{probes - differences.Count} of {probes}");
        differences.Should().BeEmpty();
    }

    [Fact]
    public async Task Serves_the_folder_and_the_admin_api()
    {
        await using var tool = await ToolProcess.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(tool.Root.FullName, "mappings", "a.json"), """{"request":{"urlPath":"/a"},"response":{"bodyFileName":"a.txt"},"metadata":{"team":"x"}}""");
        await File.WriteAllTextAsync(Path.Combine(tool.Root.FullName, "__files", "a.txt"), "from file");
        using var client = new HttpClient { BaseAddress = tool.Address };

        await client.PostAsync("/__admin/mappings/reset", null);
        (await client.GetStringAsync("/a")).Should().Be("from file");
        await client.GetAsync("/b");

        (await CountAsync(client, """{"urlPath":"/a"}""")).Should().Be(1);
        (await GetAsync(client, "/__admin/requests/unmatched")).GetProperty("requests")[0].GetProperty("url").GetString().Should().Be("/b");
        (await GetAsync(client, "/__admin/requests/unmatched/near-misses")).GetProperty("nearMisses").GetArrayLength().Should().Be(1);
        (await PostAsync(client, "/__admin/mappings/find-by-metadata", """{"matchesJsonPath":{"expression":"$.team","equalTo":"x"}}""")).GetProperty("mappings").GetArrayLength().Should().Be(1);
        (await GetAsync(client, "/__admin/health")).GetProperty("status").GetString().Should().Be("healthy");
        (await GetAsync(client, "/__admin/version")).GetProperty("version").GetString().Should().NotBeEmpty();
        (await PostAsync(client, "/__admin/requests/find", """{"method":"GET"}""")).GetProperty("requests").GetArrayLength().Should().Be(2);
    }

    [Fact]
    public async Task Body_files_are_kept_over_the_admin_api()
    {
        await using var tool = await ToolProcess.StartAsync();
        using var client = new HttpClient { BaseAddress = tool.Address };

        (await client.PutAsync("/__admin/files/sub/a.txt", new StringContent("hello"))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await client.GetStringAsync("/__admin/files/sub/a.txt")).Should().Be("hello");
        (await client.GetStringAsync("/__admin/files")).Should().Be("[ \"sub/a.txt\" ]");
        (await client.GetAsync("/__admin/files/..%2F..%2Fsecret.txt")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await client.DeleteAsync("/__admin/files/sub/a.txt")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await client.GetAsync("/__admin/files/sub/a.txt")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Scenarios_are_listed_and_set_over_the_admin_api()
    {
        await using var tool = await ToolProcess.StartAsync();
        using var client = new HttpClient { BaseAddress = tool.Address };
        await PostAsync(client, "/__admin/mappings", """{"scenarioName":"s","requiredScenarioState":"Started","newScenarioState":"done","request":{"urlPath":"/s"},"response":{"body":"1"}}""");
        await PostAsync(client, "/__admin/mappings", """{"scenarioName":"s","requiredScenarioState":"done","request":{"urlPath":"/s"},"response":{"body":"2"}}""");

        (await client.GetStringAsync("/s")).Should().Be("1");
        (await client.GetStringAsync("/s")).Should().Be("2");
        (await GetAsync(client, "/__admin/scenarios")).GetProperty("scenarios")[0].GetProperty("state").GetString().Should().Be("done");
        await client.PutAsync("/__admin/scenarios/s/state", Json("""{"state":"Started"}"""));
        (await client.GetStringAsync("/s")).Should().Be("1");
    }

    [Fact]
    public async Task A_refused_stub_names_the_json_pointer()
    {
        await using var tool = await ToolProcess.StartAsync();
        using var client = new HttpClient { BaseAddress = tool.Address };

        using var response = await client.PostAsync("/__admin/mappings", Json("""{"request":{"urll":"/a"}}"""));

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.Content.ReadAsStringAsync()).Should().Contain("\"pointer\" : \"/request/urll\"");
    }

    [Fact]
    public async Task A_port_in_use_is_one_sentence_and_an_exit_code()
    {
        await using var tool = await ToolProcess.StartAsync();
        using var second = ToolProcess.Start("mock", "--root", tool.Root.FullName, "--port", $"{tool.Address.Port}");

        await second.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30));

        second.ExitCode.Should().Be(1);
        (await second.StandardError.ReadToEndAsync()).Should().Contain("address already in use").And.NotContain("   at ");
    }

    [Fact]
    public async Task Https_is_trusted_by_its_pem_and_speaks_http_2()
    {
        var pem = Path.GetTempFileName();
        await using var tool = await ToolProcess.StartAsync("--https", "--certificate-out", pem);
        using var trusted = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(
            System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(pem)).RawData);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new() { RemoteCertificateValidationCallback = (_, presented, _, _) => presented!.GetCertHashString() == trusted.GetCertHashString() },
        })
        { BaseAddress = tool.Address, DefaultRequestVersion = HttpVersion.Version20 };

        using var response = await client.GetAsync("/__admin/health");

        response.Version.Should().Be(HttpVersion.Version20);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) => JsonDocument.Parse(await client.GetStringAsync(path)).RootElement;

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, string json)
    {
        using var response = await client.PostAsync(path, Json(json));
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    private static async Task<int> CountAsync(HttpClient client, string pattern) =>
        (await PostAsync(client, "/__admin/requests/count", pattern)).GetProperty("count").GetInt32();
}
