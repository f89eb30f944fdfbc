using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationKit.Webhooks;

namespace IntegrationKit.Mappings;

/// <summary>Reads stub mappings: one, or many under <c>mappings</c>. Strict: what it does not know it refuses.</summary>
internal static class MappingReader
{
    private static readonly FrozenSet<string> Fields = new[]
    {
        "$schema", "id", "uuid", "name", "priority", "persistent", "scenarioName", "requiredScenarioState", "newScenarioState",
        "postServeActions", "serveEventListeners", "metadata", "insertionIndex", "request", "response",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> FileFields =
        new[] { "$schema", "mappings", "meta", "importOptions" }.ToFrozenSet(StringComparer.Ordinal);

    public static IReadOnlyList<StubMapping> ReadText(string json, string? file = null)
    {
        using var document = Parse(json, file);
        return ReadMany(new(document.RootElement.Clone(), "", file));
    }

    public static JsonDocument Parse(string json, string? file)
    {
        try
        {
            return JsonDocument.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException exception)
        {
            throw new MockMappingException($"malformed JSON: {exception.Message}", exception.Path ?? "", file, exception);
        }
    }

    public static IReadOnlyList<StubMapping> ReadMany(MappingNode root)
    {
        if (root.Find("mappings") is not { } mappings)
        {
            return [Read(root)];
        }

        root.RefuseOthers(FileFields);
        return [.. mappings.Items().Select(Read)];
    }

    public static StubMapping Read(MappingNode node)
    {
        node.RefuseOthers(Fields);
        if (node.Find("metadata") is { IsObject: false } metadata)
        {
            throw metadata.Refuse("an object is expected here");
        }

        var id = Id(node);
        var source = JsonObject.Create(node.Element)!;
        source.Remove("uuid");
        source.Remove("$schema");
        source["id"] = id.ToString();
        var request = node.Find("request");
        return new StubMapping
        {
            Id = id,
            Name = node.Find("name")?.Text(),
            Priority = node.Find("priority")?.Integer() ?? StubMapping.DefaultPriority,
            Persistent = node.Find("persistent")?.Flag() ?? false,
            Request = request is { } pattern ? RequestReader.Read(pattern) : new([]),
            Response = node.Find("response") is { } response ? ResponseReader.Read(response) : new(),
            Scenario = Scenario(node),
            Listeners = [.. Listeners(node)],
            Source = source,
            File = node.File,
        };
    }

    private static Guid Id(MappingNode node)
    {
        if ((node.Find("id") ?? node.Find("uuid")) is not { } id)
        {
            return Guid.NewGuid();
        }

        return Guid.TryParse(id.Text(), out var value) ? value : throw id.Refuse($"'{id.Text()}' is not a UUID");
    }

    private static ScenarioStep? Scenario(MappingNode node)
    {
        var required = node.Find("requiredScenarioState");
        var next = node.Find("newScenarioState");
        if (node.Find("scenarioName") is { } name)
        {
            return new(name.Text(), required?.Text(), next?.Text());
        }

        return (required ?? next) is { } orphan ? throw orphan.Refuse("a scenario state needs scenarioName") : null;
    }

    private static IEnumerable<Webhook> Listeners(MappingNode node)
    {
        if (node.Find("postServeActions") is { } actions)
        {
            foreach (var (name, parameters) in actions.Kind == JsonValueKind.Array
                ? actions.Items().Select(item => (item.Find("name")?.Text() ?? throw item.Refuse("'name' is missing"), item.Find("parameters")))
                : actions.Members().Select(member => (member.Name, (MappingNode?)member.Value)))
            {
                yield return Listener(actions, name, parameters);
            }
        }

        foreach (var item in node.Find("serveEventListeners")?.Items() ?? [])
        {
            yield return Listener(item, item.Find("name")?.Text() ?? throw item.Refuse("'name' is missing"), item.Find("parameters"));
        }
    }

    private static Webhook Listener(MappingNode place, string name, MappingNode? parameters) => name == "webhook"
        ? Webhook.Read(parameters ?? throw place.Refuse("'parameters' is missing"))
        : throw place.Refuse($"unknown listener '{name}'; only webhook exists here");
}
