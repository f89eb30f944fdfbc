using System.Text.Json;
using IntegrationKit.Observing;

namespace IntegrationKit.Contracts;

/// <summary>An OpenAPI document (3.0 or 3.1, JSON) as far as answers are concerned. Immutable and thread-safe.</summary>
internal sealed class ContractDocument
{
    private readonly Dictionary<(string Method, string Route), JsonElement> operations = [];
    private readonly JsonElement root;

    public ContractDocument(JsonDocument document)
    {
        root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("paths", out var paths) || paths.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("The document has no \"paths\" object; an OpenAPI 3 document in JSON is expected.");
        }

        foreach (var path in paths.EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object))
            {
                operations[(operation.Name.ToUpperInvariant(), Key(path.Name))] = operation.Value;
            }
        }
    }

    public int Operations => operations.Count;

    public IReadOnlyDictionary<(string Method, string Route), JsonElement> All => operations;

    /// <summary>What an answer of the operation has to look like, or null when the document says nothing about it.</summary>
    public JsonElement? Answer(string method, string route, int status)
    {
        if (!operations.TryGetValue((method.ToUpperInvariant(), Key(route)), out var operation)
            || !operation.TryGetProperty("responses", out var responses))
        {
            return null;
        }

        foreach (var name in new[] { $"{status}", $"{status / 100}XX", $"{status / 100}xx", "default" })
        {
            if (responses.TryGetProperty(name, out var response))
            {
                return Resolve(response);
            }
        }

        return null;
    }

    /// <summary>Follows <c>$ref</c> within the document; null when it leads nowhere.</summary>
    public JsonElement? Resolve(JsonElement element)
    {
        for (var depth = 0; depth < 16; depth++)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("$ref", out var reference))
            {
                return element;
            }

            if (Find(reference.GetString() ?? "") is not { } target)
            {
                return null;
            }

            element = target;
        }

        return null;
    }

    private JsonElement? Find(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return null;
        }

        var current = root;
        foreach (var part in reference[2..].Split('/').Select(part => Uri.UnescapeDataString(part).Replace("~1", "/").Replace("~0", "~")))
        {
            var found = current.ValueKind == JsonValueKind.Array
                ? int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var index) && index < current.GetArrayLength() ? current[index] : (JsonElement?)null
                : current.ValueKind == JsonValueKind.Object && current.TryGetProperty(part, out var member) ? member : null;
            if (found is not { } next)
            {
                return null;
            }

            current = next;
        }

        return current;
    }

    private static string Key(string route) => RouteTemplate.WithoutConstraints(route).ToLowerInvariant();
}
