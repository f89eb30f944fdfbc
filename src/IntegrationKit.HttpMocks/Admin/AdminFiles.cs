using System.Text.Json.Nodes;
using IntegrationKit.Responding;

namespace IntegrationKit.Admin;

/// <summary><c>/__admin/files</c>: the body files below <c>__files</c>.</summary>
internal static class AdminFiles
{
    public static AdminReply Route(AdminRequest request)
    {
        if (request.Engine.Options.FilesDirectory is not { } root)
        {
            return new(404, Text: "This mock has no __files folder.\n");
        }

        if (request.Path.Length == 1)
        {
            return request.Verb == "GET" ? AdminReply.Ok(List(root)) : AdminReply.NotFound;
        }

        var name = string.Join('/', request.Path[1..]);
        return BodyFiles.PathOf(root, name) is { } full
            ? One(request, full)
            : new(400, Text: $"'{name}' lies outside __files.\n");
    }

    private static AdminReply One(AdminRequest request, string full)
    {
        switch (request.Verb)
        {
            case "GET":
                return File.Exists(full) ? new(200, Raw: File.ReadAllBytes(full)) : AdminReply.NotFound;
            case "PUT":
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                File.WriteAllBytes(full, request.Http.Body.Bytes);
                return new(200);
            case "DELETE":
                File.Delete(full);
                return new(200);
            default:
                return AdminReply.NotFound;
        }
    }

    private static JsonArray List(string root) =>
    [
        .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (JsonNode?)Path.GetRelativePath(root, file).Replace('\\', '/')),
    ];
}
