using IntegrationKit.Mappings;
using IntegrationKit.Serving;

namespace IntegrationKit.HttpMocks.Tests.WireMockFormat;

public sealed class Java_wiremock_cases(ITestOutputHelper output)
{
    [Fact]
    public async Task All_probes_are_answered_as_java_answers_them()
    {
        using var engine = new MockEngine(new MockEngineOptions { FilesDirectory = AppContext.BaseDirectory, ServeFiles = true });
        await using var listener = await MockListener.StartAsync(engine, null, new ListenerOptions(), TestContext.Current.CancellationToken);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        List<string> differences = [];
        var probes = 0;
        foreach (var wireMockCase in WireMockCase.ReadAll().Where(c => !c.Refused))
        {
            engine.Shared.Stubs.Clear();
            engine.Shared.Stubs.Add(MappingReader.ReadText(wireMockCase.Stub.GetRawText())[0]);
            foreach (var probe in wireMockCase.Probes)
            {
                probes++;
                using var request = probe.Request(listener.Address);
                using var response = await client.SendAsync(request);
                if (await probe.CheckAsync(response) is { } difference)
                {
                    differences.Add($"{wireMockCase.Source}: {probe.Json}: {difference}");
                }
            }
        }

        output.WriteLine($"{probes - differences.Count} of {probes}");
        probes.Should().Be(659);
        differences.Should().BeEmpty();
    }

    [Fact]
    public void Stubs_that_java_refuses_are_refused()
    {
        foreach (var wireMockCase in WireMockCase.ReadAll().Where(c => c.Refused))
        {
            wireMockCase.Invoking(c => MappingReader.ReadText(c.Stub.GetRawText())).Should().Throw<MockMappingException>(wireMockCase.Source);
        }
    }

    [Fact]
    public void Every_stub_is_written_as_it_was_read()
    {
        foreach (var wireMockCase in WireMockCase.ReadAll().Where(c => !c.Refused))
        {
            var once = MappingWriter.Write(MappingReader.ReadText(wireMockCase.Stub.GetRawText())[0]);

            MappingWriter.Write(MappingReader.ReadText(once)[0]).Should().Be(once);
        }
    }
}
