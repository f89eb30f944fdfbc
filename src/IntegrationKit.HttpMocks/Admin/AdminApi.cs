using System.Text.Json.Nodes;
using IntegrationKit.Requests;
using IntegrationKit.Responding;
using IntegrationKit.Serving;
using IntegrationKit.Stubs;

namespace IntegrationKit.Admin;

/// <summary>The commonly used part of WireMock's admin API, under <c>/__admin</c>.</summary>
internal static class AdminApi
{
    public const string Prefix = "/__admin";

    public static bool Concerns(MockRequest request) =>
        request.Path.StartsWith(Prefix, StringComparison.Ordinal) && (request.Path.Length == Prefix.Length || request.Path[Prefix.Length] == '/');

    public static async Task<Answer> AnswerAsync(MockRequest http, MockEngine engine, StubScope scope)
    {
        var path = http.Path[Prefix.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var request = new AdminRequest(http, engine, scope, [.. path.Select(Uri.UnescapeDataString)]);
        AdminReply reply;
        try
        {
            reply = await RouteAsync(request).ConfigureAwait(false);
        }
        catch (MockMappingException exception)
        {
            reply = AdminReply.Refused(exception);
        }

        var type = reply.Raw is not null ? "application/octet-stream" : reply.Text is null ? "application/json" : "text/plain";
        return new Answer(reply.Status, reply.Body is null && reply.Text is null && reply.Raw is null ? [] : [KeyValuePair.Create("Content-Type", new Microsoft.Extensions.Primitives.StringValues(type))], reply.Bytes());
    }

    private static async ValueTask<AdminReply> RouteAsync(AdminRequest request) => request.Path switch
    {
        ["mappings", ..] => AdminMappings.Route(request),
        ["requests", ..] or ["near-misses", ..] => AdminRequests.Route(request),
        ["scenarios", ..] => AdminScenarios.Route(request),
        ["recordings", ..] => await AdminRecordings.RouteAsync(request).ConfigureAwait(false),
        ["files", ..] => AdminFiles.Route(request),
        ["settings"] => Settings(request),
        ["reset"] when request.Verb == "POST" => Reset(request),
        ["health"] => AdminReply.Ok(new JsonObject
        {
            ["status"] = "healthy",
            ["message"] = "The mock is ok",
            ["version"] = Version,
            ["timestamp"] = request.Engine.Options.Time.GetUtcNow().ToString("O"),
        }),
        ["version"] => AdminReply.Ok(new JsonObject { ["version"] = Version }),
        ["shutdown"] when request.Verb == "POST" => Shutdown(request),
        _ => AdminReply.NotFound,
    };

    private static string Version => typeof(AdminApi).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    private static AdminReply Reset(AdminRequest request)
    {
        AdminMappings.Restore(request);
        request.Scope.Journal.Clear();
        request.Scope.Scenarios.Reset();
        return new(200);
    }

    private static AdminReply Settings(AdminRequest request)
    {
        var options = request.Engine.Options;
        if (request.Verb is "POST" or "PUT")
        {
            var body = request.Body();
            options.GlobalDelay = body.Find("delayDistribution") is { } distribution
                ? Mappings.ResponseReader.Distribution(distribution)
                : body.Find("fixedDelay") is { } fixedDelay ? new Mappings.FixedDelay(fixedDelay.Integer()) : null;
            return new(200);
        }

        var settings = new JsonObject { ["proxyPassThrough"] = true };
        if (options.GlobalDelay is Mappings.FixedDelay delay)
        {
            settings["fixedDelay"] = delay.Milliseconds;
        }

        return AdminReply.Ok(new JsonObject { ["settings"] = settings });
    }

    private static AdminReply Shutdown(AdminRequest request)
    {
        request.Engine.ShutdownAsked?.Invoke();
        return new(request.Engine.ShutdownAsked is null ? 403 : 200);
    }
}
