using System.Collections.Concurrent;
using System.Diagnostics;
using IntegrationKit.Contracts;
using IntegrationKit.Fluent;
using IntegrationKit.Mappings;
using IntegrationKit.Serving;
using IntegrationKit.Stubs;
using IntegrationKit.Tls;
using IntegrationKit.Verification;

namespace IntegrationKit;

/// <summary>
/// A stand-in for an HTTP service. Every running test has its own stubs and its own journal, on one engine: declare stubs in
/// the test, run, and what no stub matched or nobody called fails the test at its end. Speaks WireMock's JSON format.
/// </summary>
/// <remarks>Thread-safe. Members that speak of "the test" need a running test of the fixture that owns the mock.</remarks>
/// <example><code>shop.Payments.Post("/v1/charges").WithJson(new { amount = 500 }).Reply(402, new { error = "declined" });</code></example>
public sealed partial class HttpMock : IntegrationResource
{
    private readonly HttpMockOptions options = new();
    private readonly ConcurrentDictionary<LaneMock, byte> lanes = new();
    private readonly MockObserver observer;
    private ContractCheck? contract;
    private MockEngine? engine;
    private MockListener? shared;
    private MockCertificate? certificate;

    /// <summary>Creates the mock; nothing listens before the fixture starts.</summary>
    /// <param name="name">Name of the integration point in the report, for example <c>payments</c>.</param>
    /// <param name="configure">Options, or null for none.</param>
    public HttpMock(string name, Action<HttpMockOptions>? configure = null)
        : base(name)
    {
        configure?.Invoke(options);
        if (options.OwnsServer && (options.ConfigurationKeys.Count > 0 || options.HostNames.Count > 0))
        {
            throw new ArgumentException(
                $"Mock '{name}': OwnServer opens a port per test, and an application learns BaseAddress and Host once. Drop one of them.", nameof(configure));
        }

        observer = new MockObserver(name);
    }

    /// <summary>Where the test's mock listens, for example <c>http://127.0.0.1:40123</c>.</summary>
    public string Url => Lane.Listener!.Url;

    /// <summary><see cref="Url"/> as an address, ready for <see cref="System.Net.Http.HttpClient.BaseAddress"/>.</summary>
    public Uri BaseAddress => Lane.Listener!.Address;

    /// <summary>
    /// The same with a base path that says whose the calls are, for callers that pass on neither baggage nor traces:
    /// <c>http://127.0.0.1:40123/__ik/…</c>. Stubs see the path without it.
    /// </summary>
    public string ScopedUrl => Url + ScopedPath.Of((Scope.Test ?? throw new InvalidOperationException($"The test of the mock '{Name}' has ended.")).BaggageId);

    /// <summary>With <see cref="HttpMockOptions.Https"/>: the certificate, for other processes to trust. Lives as long as the mock.</summary>
    /// <exception cref="InvalidOperationException">The mock speaks plain HTTP.</exception>
    public string CertificatePem => certificate?.Pem ?? throw new InvalidOperationException($"The mock '{Name}' speaks plain HTTP: say Https() in its options.");

    /// <summary>A client for the test itself: its base address is the mock, it trusts the mock's certificate and says whose it is. The caller disposes it.</summary>
    public HttpClient CreateClient()
    {
        var client = new HttpClient(MockHandlers.Direct(certificate)) { BaseAddress = BaseAddress };
        client.DefaultRequestHeaders.Add(RequestOwner.ScopeHeader, Scope.Test!.BaggageId);
        return client;
    }

    /// <summary>The requests the mock received for the test so far, in the order of arrival. At most the last 1,000.</summary>
    public IReadOnlyList<CapturedRequest> Requests => [.. Scope.Journal.All.Select(entry => new CapturedRequest(entry))];

    internal MockEngine Engine => engine ?? throw new InvalidOperationException($"The mock '{Name}' has not been started.");

    /// <summary>The port all lanes share: whose a request is only its headers say.</summary>
    internal string SharedUrl => shared!.Url;

    private LaneMock Lane => (LaneMock)CurrentLane.State[this];

    private StubScope Scope => Lane.Current ?? throw new InvalidOperationException($"The test of the mock '{Name}' has ended.");

    /// <summary>Starts a stub for GET requests.</summary>
    /// <param name="path">Path with a leading slash; <c>{name}</c> stands for one segment; with a <c>?query</c> the whole URL must be equal.</param>
    public MockStub Get(string path) => Stub("GET", path);

    /// <summary>Starts a stub for POST requests.</summary>
    /// <inheritdoc cref="Get" path="/param"/>
    public MockStub Post(string path) => Stub("POST", path);

    /// <summary>Starts a stub for PUT requests.</summary>
    /// <inheritdoc cref="Get" path="/param"/>
    public MockStub Put(string path) => Stub("PUT", path);

    /// <summary>Starts a stub for PATCH requests.</summary>
    /// <inheritdoc cref="Get" path="/param"/>
    public MockStub Patch(string path) => Stub("PATCH", path);

    /// <summary>Starts a stub for DELETE requests.</summary>
    /// <inheritdoc cref="Get" path="/param"/>
    public MockStub Delete(string path) => Stub("DELETE", path);

    /// <summary>Starts a stub for requests of any method.</summary>
    /// <inheritdoc cref="Get" path="/param"/>
    public MockStub Any(string path) => Stub("ANY", path);

    /// <summary>Adds stubs in WireMock's JSON format (one, or many under <c>mappings</c>) to the test.</summary>
    /// <exception cref="MockMappingException">The JSON is malformed or says something unknown.</exception>
    public void Load(string json)
    {
        var scope = Scope;
        foreach (var mapping in MappingReader.ReadText(json))
        {
            scope.Declared.Enqueue(scope.Stubs.Add(mapping).Usage);
        }
    }

    /// <summary>The test's own stubs in WireMock's JSON format, in the order of their declaration.</summary>
    public string Export() => MappingWriter.Write(Scope.Stubs.All.Reverse().Select(stub => stub.Mapping));

    /// <summary>Checks at once how often such requests have come for the test so far.</summary>
    /// <param name="request">Names the requests, for example <c>m => m.Post("/v1/charges").WithJson(new { amount = 500 })</c>.</param>
    /// <param name="calls">How often; null means at least once.</param>
    /// <exception cref="MockVerificationException">They came more or less often.</exception>
    public void Verify(Func<MockRoutes, MockStub> request, Called? calls = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        CallVerification.Count(Name, Pattern(request), calls ?? Called.AtLeastOnce, Scope.Journal.All);
    }

    /// <summary>Checks that such requests came in this order; others may lie between them.</summary>
    /// <exception cref="MockVerificationException">One of them did not come after the one before it.</exception>
    public void VerifyOrder(params Func<MockRoutes, MockStub>[] requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        CallVerification.Order(Name, [.. requests.Select(Pattern)], Scope.Journal.All);
    }

    private static StubMapping Pattern(Func<MockRoutes, MockStub> request) =>
        request(new MockRoutes((method, path) => new MockStub(method, path, PatternSink.Instance))).Draft.Pattern();

    private MockStub Stub(string method, string path)
    {
        var scope = Scope;
        return new MockStub(method, path, scope.Sink);
    }

    private async Task<TimeSpan> ListenAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        shared = await MockListener.StartAsync(Engine, null, new ListenerOptions(Certificate: certificate), cancellationToken).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(begun);
    }
}
