namespace IntegrationKit;

/// <summary>What a mock stands for and how strict it is. Set in the fixture's constructor.</summary>
public sealed class HttpMockOptions
{
    internal HttpMockOptions()
    {
    }

    internal List<string> ConfigurationKeys { get; } = [];

    internal List<string> MappingFolders { get; } = [];

    internal List<string> HostNames { get; } = [];

    internal List<Action<MockRoutes>> SharedStubs { get; } = [];

    internal string? ContractFile { get; private set; }

    internal (RecordMode Mode, Uri? Upstream) Recording { get; private set; }

    internal bool SpeaksTls { get; private set; }

    internal bool OwnsServer { get; private set; }

    internal bool UnmatchedAllowed { get; private set; }

    internal bool UnusedAllowed { get; private set; }

    internal int JournalEntries { get; private set; } = 1000;

    internal int JournalBodyBytes { get; private set; } = 64 * 1024;

    internal int BodyLimit { get; private set; } = 32 * 1024 * 1024;

    /// <summary>The configuration key under which the application finds the service, for example <c>Payments:BaseUrl</c>. May be called several times.</summary>
    public HttpMockOptions BaseAddress(string configurationKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configurationKey);
        ConfigurationKeys.Add(configurationKey);
        return this;
    }

    /// <summary>
    /// A folder of stub mappings in WireMock's JSON: the folder itself or one with <c>mappings</c> and <c>__files</c> in it.
    /// Relative to the test's output folder, else to the project. All tests share these stubs; a test's own stubs win.
    /// </summary>
    public HttpMockOptions Mappings(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        MappingFolders.Add(folder);
        return this;
    }

    /// <summary>Stubs from code that all tests share; a test's own stubs win. They may stay unused.</summary>
    public HttpMockOptions Stubs(Action<MockRoutes> declare)
    {
        ArgumentNullException.ThrowIfNull(declare);
        SharedStubs.Add(declare);
        return this;
    }

    /// <summary>The provider's OpenAPI document (JSON). Stubs it could not have answered become issues of the report.</summary>
    public HttpMockOptions Contract(string openApiFile)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(openApiFile);
        ContractFile = openApiFile;
        return this;
    }

    /// <summary>
    /// Records a real service into the first folder of <see cref="Mappings"/> (in the project, not in the output), secrets left
    /// out. The environment variable <c>INTEGRATIONKIT_RECORD</c> (none, missing, all) decides over <paramref name="mode"/>.
    /// </summary>
    public HttpMockOptions Record(RecordMode mode, string upstream)
    {
        Recording = (mode, new Uri(upstream, UriKind.Absolute));
        return this;
    }

    /// <summary>
    /// A host name the application calls by a hard-coded URL, for example <c>api.payments.example</c>: its HttpClient calls
    /// to that host, whatever the port, go to this mock.
    /// </summary>
    public HttpMockOptions Host(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        HostNames.Add(name);
        return this;
    }

    /// <summary>
    /// Speaks TLS (HTTP/1.1 and HTTP/2) with a certificate that is made for the run and exists in memory only. The HttpClients
    /// of the application under test and <see cref="HttpMock.CreateClient"/> trust it; other processes take
    /// <see cref="HttpMock.CertificatePem"/>. Default: plain HTTP.
    /// </summary>
    public HttpMockOptions Https()
    {
        SpeaksTls = true;
        return this;
    }

    /// <summary>
    /// Opens a port for each test and closes it at the test's end: every request there is the test's, also from callers that
    /// pass on neither baggage nor traces. Costs a few milliseconds per test. Not together with <see cref="BaseAddress"/> or
    /// <see cref="Host"/>: an application learns its addresses once, not per test.
    /// </summary>
    public HttpMockOptions OwnServer()
    {
        OwnsServer = true;
        return this;
    }

    /// <summary>A request no stub matches does not fail its test; it is still an issue of the report. Default: it fails.</summary>
    public HttpMockOptions AllowUnmatched()
    {
        UnmatchedAllowed = true;
        return this;
    }

    /// <summary>A stub the test declared and nobody called does not fail the test; it is still an issue of the report. Default: it fails.</summary>
    public HttpMockOptions AllowUnused()
    {
        UnusedAllowed = true;
        return this;
    }

    /// <summary>What the mock remembers per test. Default: 1,000 requests, 64 KiB of each body.</summary>
    public HttpMockOptions Journal(int requests, int bodyBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(requests);
        ArgumentOutOfRangeException.ThrowIfNegative(bodyBytes);
        (JournalEntries, JournalBodyBytes) = (requests, bodyBytes);
        return this;
    }

    /// <summary>The largest request body that is accepted; larger ones are answered 413. Default: 32 MiB.</summary>
    public HttpMockOptions MaxBody(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        BodyLimit = bytes;
        return this;
    }
}
