using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;

namespace MinimalApi;

/// <summary>Endpoints that are added while the application runs, as dynamic gateways and plug-ins do it.</summary>
internal sealed class GrowingEndpoints : EndpointDataSource
{
    private volatile IReadOnlyList<Endpoint> endpoints = [];
    private CancellationTokenSource changed = new();

    public override IReadOnlyList<Endpoint> Endpoints => endpoints;

    public override IChangeToken GetChangeToken() => new CancellationChangeToken(changed.Token);

    public void Grow(string name)
    {
        var builder = new RouteEndpointBuilder(context => context.Response.WriteAsync(name), RoutePatternFactory.Parse($"/grown/{name}/{{leaf}}"), 0);
        builder.Metadata.Add(new HttpMethodMetadata(["GET"]));
        endpoints = [.. endpoints, builder.Build()];
        using var before = Interlocked.Exchange(ref changed, new CancellationTokenSource());
        before.Cancel();
    }
}
