using System.Text.Json.Nodes;
using IntegrationKit.Mappings;
using IntegrationKit.Recordings;

namespace IntegrationKit.Admin;

/// <summary><c>/__admin/recordings</c>.</summary>
internal static class AdminRecordings
{
    public static ValueTask<AdminReply> RouteAsync(AdminRequest request) => ValueTask.FromResult((request.Verb, request.Path) switch
    {
        ("GET", [_, "status"]) => AdminReply.Ok(new JsonObject
        {
            ["status"] = request.Engine.Recording is null ? request.Engine.LastRecording is null ? "NeverStarted" : "Stopped" : "Recording",
        }),
        ("POST", [_, "start"]) => Start(request),
        ("POST", [_, "stop"]) => Stop(request),
        ("POST", [_, "snapshot"]) => Snapshot(request),
        _ => AdminReply.NotFound,
    });

    private static AdminReply Start(AdminRequest request)
    {
        var body = request.Body();
        var target = body.Find("targetBaseUrl") ?? throw body.Refuse("'targetBaseUrl' is missing");
        if (!Uri.TryCreate(target.Text(), UriKind.Absolute, out var upstream))
        {
            throw target.Refuse("an absolute URL is expected here");
        }

        request.Engine.Recording = new UpstreamRecording(upstream, RecordMode.All, request.Engine.Options.Folder);
        return AdminReply.Ok();
    }

    private static AdminReply Stop(AdminRequest request)
    {
        if (request.Engine.Recording is not { } recording)
        {
            return new(400, new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["code"] = 30, ["title"] = "Not currently recording." }) });
        }

        request.Engine.LastRecording = recording;
        request.Engine.Recording = null;
        var mappings = recording.Recorded;
        foreach (var mapping in mappings)
        {
            request.Scope.Stubs.Add(mapping);
        }

        return Mappings(mappings);
    }

    /// <summary>Stubs from what proxying stubs have answered so far.</summary>
    private static AdminReply Snapshot(AdminRequest request)
    {
        StubMapping[] mappings = [.. request.Scope.Journal.All
            .Where(entry => entry is { Stub.Mapping.Response.Proxy: not null, Answer: not null })
            .Select(entry => RecordedStub.Of(entry.Request, entry.Answer!))
            .DistinctBy(mapping => mapping.Id)];
        foreach (var mapping in mappings)
        {
            request.Scope.Stubs.Add(mapping);
        }

        return Mappings(mappings);
    }

    private static AdminReply Mappings(IEnumerable<StubMapping> mappings) =>
        AdminReply.Ok(new JsonObject { ["mappings"] = new JsonArray([.. mappings.Select(mapping => mapping.Source.DeepClone())]) });
}
