using System.Net.Security;

namespace IntegrationKit.Tls;

/// <summary>Handlers that reach a mock: no proxy, no cookies, and trust in the mock's own certificate and no other.</summary>
internal static class MockHandlers
{
    public static SocketsHttpHandler Direct(MockCertificate? certificate)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
        if (certificate is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, presented, _, _) => certificate.IsMine(presented),
            };
        }

        return handler;
    }
}
