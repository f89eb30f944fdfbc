using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationKit.Mappings;
using IntegrationKit.Requests;
using IntegrationKit.Serving;
using IntegrationKit.Stubs;

namespace IntegrationKit.Admin;

/// <summary>A call of the admin API: what is asked, and the scope it is about (the calling test's, else the shared one).</summary>
internal sealed record AdminRequest(MockRequest Http, MockEngine Engine, StubScope Scope, string[] Path)
{
    public string Verb => Http.Method;

    public string? Query(string name) => Http.Query[name] is { Count: > 0 } values ? values[0] : null;

    /// <exception cref="MockMappingException">The body is malformed.</exception>
    public MappingNode Body()
    {
        using var document = MappingReader.Parse(Http.Body.Text, null);
        return new(document.RootElement.Clone(), "", null);
    }

    public Guid Id(int segment) => Guid.TryParse(Path[segment], out var id) ? id : Guid.Empty;
}

/// <summary>An answer of the admin API; no body for null.</summary>
internal sealed record AdminReply(int Status, JsonNode? Body = null, string? Text = null, byte[]? Raw = null)
{
    public static AdminReply Ok(JsonNode? body = null) => new(200, body ?? new JsonObject());

    public static AdminReply NotFound => new(404);

    public static AdminReply Refused(MockMappingException exception) => new(422, new JsonObject
    {
        ["errors"] = new JsonArray(new JsonObject
        {
            ["code"] = 10,
            ["source"] = exception.Pointer.Length == 0 ? new JsonObject() : new JsonObject { ["pointer"] = exception.Pointer },
            ["title"] = "Error parsing JSON",
            ["detail"] = exception.Problem,
        }),
    });

    public byte[] Bytes() => Raw is not null ? Raw : Text is not null
        ? System.Text.Encoding.UTF8.GetBytes(Text)
        : Body is null ? [] : System.Text.Encoding.UTF8.GetBytes(Templating.JavaJson.Pretty(JsonSerializer.SerializeToElement(Body)));
}
