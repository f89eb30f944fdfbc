using System.Text.Json;
using System.Text.RegularExpressions;
using IntegrationKit.Matching.Parts;
using IntegrationKit.Schemas;

namespace IntegrationKit.Contracts;

/// <summary>The provider's OpenAPI document (3.0 or 3.1, JSON): what the real service can be asked and can answer.</summary>
internal sealed partial class ProviderContract
{
    private readonly JsonElement root;
    private readonly IReadOnlyList<(string Path, PathTemplate Template, JsonElement Item)> paths;

    private ProviderContract(JsonElement root)
    {
        this.root = root;
        var prefix = Prefix(root);
        paths =
        [
            .. root.GetProperty("paths").EnumerateObject()
                .Select(path => (prefix + path.Name, new PathTemplate(prefix + path.Name), path.Value))
                .OrderBy(path => Variable().Count(path.Item1)),
        ];
    }

    /// <exception cref="InvalidDataException">The file is no OpenAPI document.</exception>
    public static ProviderContract Read(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            var openApi = document.RootElement.Clone();
            return openApi.TryGetProperty("openapi", out _) && openApi.TryGetProperty("paths", out _)
                ? new(openApi)
                : throw new InvalidDataException($"{file} is no OpenAPI 3 document: 'openapi' or 'paths' is missing.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file} is not JSON: {exception.Message}", exception);
        }
    }

    public JsonElement? FindPath(string path)
    {
        foreach (var candidate in paths)
        {
            if (candidate.Path == path || candidate.Template.Matches(Variable().Replace(path, "x")))
            {
                return candidate.Item;
            }
        }

        return null;
    }

    public JsonElement Resolve(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("$ref", out var reference)
        && SchemaValidation.Resolve(root, reference.GetString() ?? "") is { } target
            ? target
            : element;

    /// <summary>The schema of a JSON body below <c>content</c>, or null when there is none.</summary>
    public JsonSchema? JsonSchemaOf(JsonElement owner)
    {
        if (!Resolve(owner).TryGetProperty("content", out var content))
        {
            return null;
        }

        foreach (var media in content.EnumerateObject())
        {
            if (media.Name.Contains("json", StringComparison.OrdinalIgnoreCase) && media.Value.TryGetProperty("schema", out var schema))
            {
                return new JsonSchema(root, schema);
            }
        }

        return null;
    }

    /// <summary>The path of the first server's URL, for example <c>/api</c>.</summary>
    private static string Prefix(JsonElement root)
    {
        if (!root.TryGetProperty("servers", out var servers) || servers.ValueKind != JsonValueKind.Array || servers.GetArrayLength() == 0
            || !servers[0].TryGetProperty("url", out var url))
        {
            return "";
        }

        var text = url.GetString()!;
        return (Uri.TryCreate(text, UriKind.Absolute, out var absolute) && !absolute.IsFile ? absolute.AbsolutePath : text).TrimEnd('/');
    }

    [GeneratedRegex(@"\{[^{}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Variable();
}
