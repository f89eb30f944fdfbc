using IntegrationKit.Mappings;
using IntegrationKit.Serving;
using IntegrationKit.Tls;

namespace IntegrationKit.Standalone;

/// <summary>A mock server outside any test: stubs from a folder, everything else over the admin API.</summary>
internal sealed class StandaloneMock : IAsyncDisposable
{
    private readonly MockEngine engine;
    private readonly MockListener listener;
    private readonly MockCertificate? certificate;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StandaloneMock(MockEngine engine, MockListener listener, MockCertificate? certificate)
    {
        this.engine = engine;
        this.listener = listener;
        this.certificate = certificate;
        engine.ShutdownAsked = () => stopped.TrySetResult();
    }

    public string Url => listener.Url;

    public int Stubs => engine.Shared.Stubs.All.Count;

    /// <summary>The certificate other processes have to trust, or null without TLS.</summary>
    public string? Pem => certificate?.Pem;

    /// <summary>Ends when somebody asks for a shutdown over the admin API.</summary>
    public Task Stopped => stopped.Task;

    /// <exception cref="MockMappingException">A stub in the folder cannot be read.</exception>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<StandaloneMock> StartAsync(string root, int port, bool https, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(root);
        Directory.CreateDirectory(Path.Combine(full, "mappings"));
        Directory.CreateDirectory(Path.Combine(full, "__files"));
        var folder = MappingFolder.At(full);
        var serving = new MockEngine(new MockEngineOptions { Folder = folder, FilesDirectory = folder.Files, ServeFiles = true, Journal = new(10_000) });
        var tls = https ? MockCertificate.Create([], TimeProvider.System) : null;
        try
        {
            foreach (var mapping in folder.Read())
            {
                serving.Shared.Stubs.Add(mapping);
            }

            var options = new ListenerOptions(port, Certificate: tls);
            return new(serving, await MockListener.StartAsync(serving, null, options, cancellationToken).ConfigureAwait(false), tls);
        }
        catch
        {
            serving.Dispose();
            tls?.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync().ConfigureAwait(false);
        engine.Dispose();
        certificate?.Dispose();
    }
}
