using System.Net;
using System.Security.Cryptography.X509Certificates;
using IntegrationKit.HttpMocks.Tests.Support;

namespace IntegrationKit.HttpMocks.Tests.Wiring;

public sealed class Tls_and_scopes
{
    [Fact]
    public async Task Https_speaks_http_2_to_the_mocks_own_client()
    {
        await using var harness = await MockHarness.StartAsync(o => o.Https());
        var test = await harness.BeginAsync();
        harness.Mock.Get("/x").Reply(200);
        using var client = harness.Mock.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/x") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var response = await client.SendAsync(request);

        harness.Mock.Url.Should().StartWith("https://127.0.0.1:");
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Version.Should().Be(HttpVersion.Version20);
        await test.VerifyAsync();
    }

    [Fact]
    public async Task Nobody_else_trusts_the_certificate()
    {
        await using var harness = await MockHarness.StartAsync(o => o.Https());
        await harness.BeginAsync();
        using var stranger = new HttpClient { BaseAddress = harness.Mock.BaseAddress };

        await stranger.Invoking(c => c.GetAsync("/x")).Should().ThrowAsync<HttpRequestException>();

        using var exported = X509Certificate2.CreateFromPem(harness.Mock.CertificatePem);
        exported.GetECDsaPublicKey().Should().NotBeNull();
        exported.HasPrivateKey.Should().BeFalse();
    }

    [Fact]
    public async Task A_process_that_trusts_the_pem_connects()
    {
        await using var harness = await MockHarness.StartAsync(o => o.Https());
        await harness.BeginAsync();
        harness.Mock.Get("/x").Reply(204);
        using var trusted = X509Certificate2.CreateFromPem(harness.Mock.CertificatePem);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { trusted },
        };
        using var client = new HttpClient(handler) { BaseAddress = harness.Mock.BaseAddress };

        (await client.GetAsync("/x")).StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_plain_mock_has_no_certificate()
    {
        await using var harness = await MockHarness.StartAsync();

        harness.Mock.Invoking(m => m.CertificatePem).Should().Throw<InvalidOperationException>().WithMessage("*speaks plain HTTP: say Https()*");
    }

    [Fact]
    public async Task A_base_path_says_whose_a_call_is()
    {
        await using var harness = await MockHarness.StartAsync();
        var first = await harness.BeginAsync();
        harness.Mock.Get("/who").WithQuery("a", "1").ReplyText(200, "first");
        var address = harness.Mock.ScopedUrl;
        var second = await harness.BeginAsync();
        harness.Mock.Get("/who").ReplyText(200, "second").Optional();
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null });

        (await client.GetStringAsync($"{address}/who?a=1")).Should().Be("first");

        first.Enter();
        harness.Mock.Requests.Should().ContainSingle().Which.Url.Should().Be("/who?a=1");
        second.Enter();
        harness.Mock.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task An_own_server_proves_whose_a_call_is_and_ends_with_the_test()
    {
        await using var harness = await MockHarness.StartAsync(o => o.OwnServer());
        var test = await harness.BeginAsync();
        harness.Mock.Get("/x").Reply(200);
        var address = harness.Mock.Url;
        using var client = test.Anonymous();

        (await client.GetAsync("/x")).StatusCode.Should().Be(HttpStatusCode.OK);
        var unmatched = await client.GetAsync("/typo");

        unmatched.StatusCode.Should().Be(HttpStatusCode.NotFound);
        await test.Invoking(t => t.VerifyAsync()).Should().ThrowAsync<MockVerificationException>();
        await test.EndAsync();
        using var late = new HttpClient();
        await late.Invoking(c => c.GetAsync(address + "/x")).Should().ThrowAsync<HttpRequestException>();
        (await harness.BeginAsync(test.Lane)).Enter();
        harness.Mock.Url.Should().NotBe(address);
    }

    [Fact]
    public void An_own_server_cannot_be_promised_to_an_application()
    {
        var creating = () => new HttpMock("payments", o => o.OwnServer().BaseAddress("Payments:BaseUrl"));

        creating.Should().Throw<ArgumentException>().WithMessage("Mock 'payments': OwnServer opens a port per test*");
    }
}
