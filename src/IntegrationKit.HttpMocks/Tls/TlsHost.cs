using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IntegrationKit.Tls;

/// <summary>Kestrel with TLS needs services that only a host registers; the host itself is never started.</summary>
internal static class TlsHost
{
    public static IServer Server(Action<KestrelServerOptions> configure) => new HostBuilder()
        .ConfigureWebHost(web => web.UseKestrel(configure).Configure(_ => { }))
        .ConfigureLogging(logging => logging.ClearProviders())
        .Build()
        .Services.GetRequiredService<IServer>();
}
