using IntegrationKit.Tls;

namespace IntegrationKit.Serving;

/// <summary>Sends calls to a hard-coded host to the mock; the mock sees the original host name in the <c>Host</c> header.</summary>
internal sealed class RedirectingHandler(Uri mock, MockCertificate? certificate) : DelegatingHandler(MockHandlers.Direct(certificate))
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.RequestUri is { IsAbsoluteUri: true } original)
        {
            request.Headers.Host ??= original.Authority;
            request.RequestUri = new Uri(mock, original.PathAndQuery);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
