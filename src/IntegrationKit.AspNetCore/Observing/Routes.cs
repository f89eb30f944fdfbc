using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationKit.Observing;

/// <summary>The one spelling of a route that requests, inventory and contract share.</summary>
internal static class Routes
{
    /// <summary>With a leading slash and constraints, or null when no route matched (404, 405, 415).</summary>
    public static string? Of(Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } text } ? Normalize(text) : null;

    public static string Normalize(string text) => "/" + text.TrimStart('~').Trim('/');
}
