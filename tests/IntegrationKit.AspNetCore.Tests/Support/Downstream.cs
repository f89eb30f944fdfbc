using IntegrationKit.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IntegrationKit.Support;

/// <summary>A real service on loopback that the applications under test call.</summary>
internal sealed class Downstream : IAsyncDisposable
{
    private readonly WebApplication application;

    private Downstream(WebApplication application) => this.application = application;

    public string Address => application.Urls.First();

    public static async Task<Downstream> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Run(context => context.Response.WriteAsync(context.Request.Path));
        await Detached.RunAsync(() => server.StartAsync());
        return new Downstream(server);
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
