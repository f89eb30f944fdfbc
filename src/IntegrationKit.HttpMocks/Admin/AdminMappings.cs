using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationKit.Mappings;
using IntegrationKit.Stubs;

namespace IntegrationKit.Admin;

/// <summary><c>/__admin/mappings</c>.</summary>
internal static class AdminMappings
{
    public static AdminReply Route(AdminRequest request) => (request.Verb, request.Path) switch
    {
        ("GET", [_]) => List(request.Scope.Stubs.All, request),
        ("POST", [_]) => Create(request),
        ("DELETE", [_]) => Clear(request),
        ("POST", [_, "import"]) => Import(request),
        ("POST", [_, "reset"]) => Restored(request),
        ("POST", [_, "save"]) => Save(request),
        ("GET", [_, "unmatched"]) => List(Unused(request), request),
        ("DELETE", [_, "unmatched"]) => Remove(Unused(request), request),
        ("POST", [_, "find-by-metadata"]) => List(ByMetadata(request), request),
        ("POST", [_, "remove-by-metadata"]) => Remove(ByMetadata(request), request),
        ("POST", [_, "remove"]) => RemoveSame(request),
        ("GET", [_, _]) => request.Scope.Stubs.Find(request.Id(1)) is { } stub ? AdminReply.Ok(Json(stub)) : AdminReply.NotFound,
        ("PUT", [_, _]) => Replace(request),
        ("DELETE", [_, _]) => request.Scope.Stubs.Remove(request.Id(1)) ? AdminReply.Ok() : AdminReply.NotFound,
        _ => AdminReply.NotFound,
    };

    public static JsonNode Json(Stub stub)
    {
        var json = stub.Mapping.Source.DeepClone();
        json["uuid"] = stub.IdText;
        return json;
    }

    /// <summary>Back to the stubs of the mappings folder.</summary>
    public static void Restore(AdminRequest request)
    {
        request.Scope.Stubs.Clear();
        if (request.Scope.Test is null)
        {
            foreach (var mapping in request.Engine.Options.Folder?.Read() ?? [])
            {
                request.Scope.Stubs.Add(mapping);
            }
        }
    }

    private static AdminReply List(IEnumerable<Stub> stubs, AdminRequest request)
    {
        var all = stubs.ToArray();
        IEnumerable<Stub> page = all;
        if (int.TryParse(request.Query("offset"), out var offset))
        {
            page = page.Skip(offset);
        }

        if (int.TryParse(request.Query("limit"), out var limit))
        {
            page = page.Take(limit);
        }

        return AdminReply.Ok(new JsonObject
        {
            ["mappings"] = new JsonArray([.. page.Select(Json)]),
            ["meta"] = new JsonObject { ["total"] = all.Length },
        });
    }

    private static AdminReply Create(AdminRequest request) =>
        new(201, Json(request.Scope.Stubs.Add(MappingReader.Read(request.Body()))));

    private static AdminReply Replace(AdminRequest request)
    {
        if (request.Scope.Stubs.Find(request.Id(1)) is null)
        {
            return AdminReply.NotFound;
        }

        var source = JsonObject.Create(request.Body().Element)!;
        source.Remove("uuid");
        source["id"] = request.Id(1).ToString();
        return AdminReply.Ok(Json(request.Scope.Stubs.Add(MappingReader.Read(new(JsonSerializer.SerializeToElement(source), "", null)))));
    }

    private static AdminReply Clear(AdminRequest request)
    {
        request.Scope.Stubs.Clear();
        return AdminReply.Ok();
    }

    private static AdminReply Restored(AdminRequest request)
    {
        Restore(request);
        return AdminReply.Ok();
    }

    private static AdminReply Import(AdminRequest request)
    {
        var body = request.Body();
        var options = body.Find("importOptions");
        var keep = options?.Find("duplicatePolicy")?.Text() == "IGNORE";
        var mappings = MappingReader.ReadMany(body);
        if (options?.Find("deleteAllNotInImport")?.Flag() == true)
        {
            request.Scope.Stubs.Clear();
        }

        // The first of a file is listed first: added last, it is the newest.
        foreach (var mapping in mappings.Reverse().Where(mapping => !keep || request.Scope.Stubs.Find(mapping.Id) is null))
        {
            request.Scope.Stubs.Add(mapping);
        }

        return new(200);
    }

    private static AdminReply Save(AdminRequest request)
    {
        if (request.Engine.Options.Folder is not { } folder)
        {
            return new(422, Text: "The mock has no mappings folder to save to.");
        }

        foreach (var stub in request.Scope.Stubs.All)
        {
            folder.Write(stub.Mapping);
        }

        return new(200);
    }

    private static IReadOnlyList<Stub> Unused(AdminRequest request) => [.. request.Scope.Stubs.All.Where(stub => stub.Usage.Hits == 0)];

    private static IReadOnlyList<Stub> ByMetadata(AdminRequest request)
    {
        var matcher = MatcherReader.Read(request.Body());
        return [.. request.Scope.Stubs.All.Where(stub => stub.Mapping.Metadata is { } metadata && matcher.Matches(metadata.ToJsonString()))];
    }

    private static AdminReply Remove(IEnumerable<Stub> stubs, AdminRequest request)
    {
        foreach (var stub in stubs)
        {
            request.Scope.Stubs.Remove(stub.Mapping.Id);
        }

        return AdminReply.Ok();
    }

    /// <summary>By id, or by an equal request.</summary>
    private static AdminReply RemoveSame(AdminRequest request)
    {
        var mapping = MappingReader.Read(request.Body());
        return Remove(
            request.Scope.Stubs.All.Where(stub => stub.Mapping.Id == mapping.Id || JsonNode.DeepEquals(stub.Mapping.Source["request"], mapping.Source["request"])),
            request);
    }
}
